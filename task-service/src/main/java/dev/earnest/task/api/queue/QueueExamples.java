package dev.earnest.task.api.queue;

/// Bodies that the API document shows.
final class QueueExamples {
  static final String SUBMISSION =
      """
      {
        "message": "Summarise the attached quarterly figures in five sentences.",
        "priority": 7,
        "timeout_override": 600,
        "metadata": {"ticket": "OPS-114"},
        "callback_mode": "webhook",
        "webhook_url": "https://client.example/hooks/results"
      }
      """;

  static final String SUBMITTED =
      """
      {
        "task_id": "0199f1d9-4200-7f0a-a1b2-c3d4e5f60718",
        "status": "queued",
        "created_at": "2026-03-11T10:30:00.000Z",
        "estimated_start": "2026-03-11T10:34:30.000Z",
        "poll_url": "https://earnest.example/agent/0199f1c0-1100-7a5b-8c22-1e2d3c4b5a69/task/0199f1d9-4200-7f0a-a1b2-c3d4e5f60718",
        "cancel_url": "https://earnest.example/agent/0199f1c0-1100-7a5b-8c22-1e2d3c4b5a69/task/0199f1d9-4200-7f0a-a1b2-c3d4e5f60718/cancel"
      }
      """;

  static final String MESSAGE =
      """
      {"message": "Use the audited figures."}
      """;

  private QueueExamples() {}
}
