package dev.earnest.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ValuesTest {
  private final Values values = new Values(type -> "example of " + type).set("task", "t1");

  @Test
  void rowsAreReadByColumnAndNumber() {
    values.column("id", 1, "7");
    values.column("id", 2, "9");

    assertThat(values.fill("{$id.2,$id.1}")).isEqualTo("{9,7}");
    assertThat(values.fill("{$id.*}")).isEqualTo("{7,9}");
    assertThat(values.fill("{${id.1 - 10},${id.2 + 1}}")).isEqualTo("{-3,10}");
  }

  @Test
  void laterRowsReplaceEarlierOnes() {
    values.column("id", 1, "7");
    values.column("id", 1, "8");

    assertThat(values.fill("{$id.*}")).isEqualTo("{8}");
  }

  @Test
  void newIdsStayTheSameWithinALifecycle() {
    String first = values.fill("$new_hold");

    assertThat(values.fill("$new_hold")).isEqualTo(first);
    values.forgetNewIds();
    assertThat(values.fill("$new_hold")).isNotEqualTo(first);
  }

  @Test
  void nullExamplesAndWhatNobodyKnows() {
    assertThat(values.fill("null")).isNull();
    assertThat(values.fill("@task.created")).isEqualTo("example of task.created");
    assertThat(values.fill("{\"id\":\"$task\"}")).isEqualTo("{\"id\":\"t1\"}");
    assertThat(values.fill("{$id.*}")).isEqualTo("{}");
    assertThatThrownBy(() -> values.fill("$buyer")).hasMessageContaining("buyer");
  }
}
