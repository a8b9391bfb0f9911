package dev.earnest.task.domain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a command was in the eyes of people: a change of the status, a message, an assignment,
/// feedback.
///
/// @param data JSON members besides type and time
record Activity(String type, Map<String, @Nullable Object> data) {
  static final String STATUS_CHANGE = "status_change";

  /// What there is to remember of a command that was carried out.
  static List<Activity> of(Command command, TaskState from, Task task) {
    List<Activity> all = new ArrayList<>();
    switch (command) {
      case Command.Assign assign -> {
        // By hand it begins with the agent that it was made for: nobody is new to it.
        if (task.mode != Mode.MANUAL) {
          all.add(assignment("agent", assign.agent()));
        }
      }
      case Command.Reassign reassign -> all.add(assignment("agent", reassign.agent()));
      case Command.Reserve reserve -> all.add(assignment("agent", reserve.agent()));
      case Command.Share share -> {
        Activity shared = assignment("assignedUsers", share.assignees());
        shared.data.put("followers", share.followers());
        all.add(shared);
      }
      case Command.RequestInput asked ->
          all.add(message(asked.question(), task.agentAccount, null));
      case Command.GiveInput given -> all.add(message(given.message(), given.by(), given.files()));
      case Command.AddInput added -> all.add(message(added.message(), added.by(), added.files()));
      case Command.GiveFeedback given -> {
        Activity feedback = new Activity("feedback", new LinkedHashMap<>());
        feedback.data.put("feedback", given.feedback());
        all.add(feedback);
      }
      default -> {
        // Nothing but a change of the status, if that.
      }
    }
    if (from != task.state) {
      Activity change = new Activity(STATUS_CHANGE, new LinkedHashMap<>());
      change.data.put("from", from);
      change.data.put("to", task.state);
      all.add(change);
    }
    return all;
  }

  private static Activity assignment(String whom, @Nullable Object value) {
    Activity activity = new Activity("assignment", new LinkedHashMap<>());
    activity.data.put(whom, value);
    return activity;
  }

  private static Activity message(String text, @Nullable String by, @Nullable JsonNode files) {
    Activity activity = new Activity("message", new LinkedHashMap<>());
    activity.data.put("message", text);
    activity.data.put("by", by);
    if (files != null) {
      activity.data.put("files", files);
    }
    return activity;
  }
}
