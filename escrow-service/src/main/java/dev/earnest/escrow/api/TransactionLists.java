package dev.earnest.escrow.api;

import dev.earnest.escrow.domain.EntryFilter;
import dev.earnest.escrow.domain.WalletEntry;
import dev.earnest.escrow.domain.Wallets;
import dev.earnest.kit.money.Money;
import dev.earnest.kit.page.Cursors;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A wallet's transactions, as pages and as one table: for their owner and for admins.
@ApplicationScoped
class TransactionLists {
  private static final int PAGE = 20;
  private static final int ROWS = 1000;
  private static final List<String> COLUMNS =
      List.of(
          "id",
          "createdAt",
          "type",
          "amount",
          "balance",
          "currency",
          "taskId",
          "reference",
          "note");

  private final Wallets wallets;
  private final Cursors cursors;

  TransactionLists(Wallets wallets, Cursors cursors) {
    this.wallets = wallets;
    this.cursors = cursors;
  }

  TransactionsAnswer page(
      String account, EntryFilter filter, @Nullable String cursor, @Nullable String limit) {
    String list = "wallet:" + account;
    int size = Cursors.limit(limit, PAGE);
    @Nullable UUID after = cursors.decode(list, cursor);
    List<WalletEntry> entries = wallets.entries(account, Money.USDC, filter, after, size + 1);
    return TransactionsAnswer.of(entries, size, last -> cursors.encode(list, last));
  }

  /// All of it, newest first, read and written piece by piece.
  StreamingOutput csv(String account, EntryFilter filter) {
    List<WalletEntry> first = wallets.entries(account, Money.USDC, filter, null, ROWS);
    return stream -> {
      Writer out = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
      Csv csv = new Csv(out);
      csv.line(COLUMNS);
      List<WalletEntry> entries = first;
      write(csv, entries);
      while (entries.size() == ROWS) {
        UUID last = entries.getLast().id();
        entries = wallets.entries(account, Money.USDC, filter, last, ROWS);
        write(csv, entries);
      }
      out.flush();
    };
  }

  private static void write(Csv csv, List<WalletEntry> entries) throws IOException {
    for (WalletEntry entry : entries) {
      csv.line(
          Arrays.asList(
              entry.id(),
              entry.occurredAt(),
              entry.kind(),
              entry.amount().decimal().toPlainString(),
              entry.balance().decimal().toPlainString(),
              entry.amount().currency(),
              entry.task(),
              new Csv.Text(entry.reference()),
              new Csv.Text(entry.note())));
    }
  }
}
