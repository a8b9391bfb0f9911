package dev.earnest.task.api.v1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.kit.problem.FieldError;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.task.api.CallbackUrls;
import dev.earnest.task.domain.Agent;
import dev.earnest.task.domain.AgentProfile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import jakarta.ws.rs.WebApplicationException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads what owners say of their agents.
@ApplicationScoped
class AgentProfiles {
  private static final Pattern UNDERSCORE = Pattern.compile("_([a-z])");

  private final ObjectMapper json;
  private final Validator validator;
  private final CallbackUrls callbackUrls;

  AgentProfiles(ObjectMapper json, Validator validator, CallbackUrls callbackUrls) {
    this.json = json;
    this.validator = validator;
    this.callbackUrls = callbackUrls;
  }

  AgentProfile read(RegisterAgent body, String account) {
    callbackUrls.check("webhookUrl", body.webhookUrl());
    return body.toProfile(account);
  }

  /// The profile as a change leaves it: a merge patch on the document of a registration, which is
  /// then checked as one.
  ///
  /// @throws Refusal 400, 422 as a registration
  AgentProfile merge(Agent agent, ObjectNode changes) {
    ObjectNode document = json.valueToTree(RegisterAgent.of(agent));
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      document.set(name(change.getKey()), change.getValue());
    }
    RegisterAgent merged = parse(document);
    List<FieldError> errors =
        validator.validate(merged).stream()
            .map(wrong -> new FieldError(wrong.getPropertyPath().toString(), wrong.getMessage()))
            .sorted(Comparator.comparing(FieldError::field))
            .toList();
    if (!errors.isEmpty()) {
      throw new Refusal(400, "validation_failed", "The profile makes no sense.", errors);
    }
    return read(merged, agent.account());
  }

  private RegisterAgent parse(ObjectNode document) {
    try {
      return json.treeToValue(document, RegisterAgent.class);
    } catch (JsonProcessingException wrong) {
      throw new WebApplicationException(wrong, 400);
    }
  }

  /// Names as the document has them: in camelCase, skills for what a registration also calls
  /// subcategories.
  private static String name(String written) {
    String camel =
        UNDERSCORE.matcher(written).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    return camel.equals("subcategories") ? "skills" : camel;
  }
}
