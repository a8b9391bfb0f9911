package dev.earnest.escrow.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.kit.money.Money;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccountKeyTest {
  @Test
  void platformAccountsAreSpreadOverAllTheirShards() {
    var used =
        IntStream.range(0, 10_000)
            .mapToObj(_ -> AccountKey.anyFee(Money.USDC))
            .collect(Collectors.toSet());

    assertThat(used).hasSize(AccountKey.SHARDS);
  }
}
