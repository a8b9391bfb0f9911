package dev.earnest.system.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.local.client.Marketplace;
import dev.earnest.system.access.AccessTable.Row;
import dev.earnest.system.access.Scenes.Stage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// Takes a request that would do and spoils it, in one to three places; the same ones for a seed.
final class BadRequests {
  private static final int MOST_ODDITIES = 3;
  private static final int DEEP = 3_000;
  private static final Pattern NAME = Pattern.compile("\\{[^}]*}");

  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "PROPFIND");

  private static final List<String> TYPES =
      List.of(
          "text/plain",
          "application/xml",
          "application/x-www-form-urlencoded",
          "multipart/form-data",
          "multipart/form-data; boundary=x",
          "application/json; charset=utf-16",
          "application/json; charset=nonsense",
          "application",
          "/",
          "*/*");

  private static final List<String> BODIES =
      List.of(
          "", "{", "}", "[]", "null", "7", "\"text\"", "NaN", "{\"a\":1}{", "{'a': 1}", "\u0000");

  private final RandomGenerator random;
  private final Row row;
  private final Stage stage;
  private final Operation operation;
  private final List<Consumer<BadRequest>> oddities;

  BadRequests(RandomGenerator random, Row row, Stage stage, Operation operation) {
    this.random = random;
    this.row = row;
    this.stage = stage;
    this.operation = operation;
    oddities = new ArrayList<>(List.of(this::query, this::header, this::method, this::type));
    if (row.path().contains("{")) {
      oddities.add(this::path);
    }
    if (!row.body().isEmpty()) {
      // what a body says is where most can go wrong
      oddities.addAll(List.of(this::field, this::field, this::field, this::field, this::body));
      oddities.addAll(List.of(this::nesting, this::bytes));
    }
  }

  /// @param token empty for none
  BadRequest next(String token) {
    BadRequest request = good(token);
    int count = 1 + random.nextInt(MOST_ODDITIES);
    for (int i = 0; i < count; i++) {
      Odd.one(oddities, random).accept(request);
    }
    return request;
  }

  /// The one that would do.
  BadRequest good(String token) {
    BadRequest request = new BadRequest(row.method(), stage.fill(row.path()));
    if (!row.body().isEmpty()) {
      request.body = stage.fill(row.body()).getBytes(StandardCharsets.UTF_8);
      request.headers.put("Content-Type", "application/json");
    }
    if (!token.isEmpty()) {
      request.headers.put("Authorization", "Bearer " + token);
    }
    return request;
  }

  private void path(BadRequest request) {
    String odd = encoded(Odd.text(random));
    List<String> names = NAME.matcher(row.path()).results().map(one -> one.group()).toList();
    String spoiled = row.path().replace(Odd.one(names, random), odd.isEmpty() ? "%20" : odd);
    request.path = stage.fill(spoiled);
    request.oddities.add("path");
  }

  private void query(BadRequest request) {
    List<String> known = operation.parameters();
    String name = known.isEmpty() || random.nextInt(10) == 0 ? "other" : Odd.one(known, random);
    String sign = request.path.contains("?") ? "&" : "?";
    request.path += sign + name + "=" + encoded(Odd.text(random));
    request.oddities.add("query " + name);
  }

  private void header(BadRequest request) {
    Map.Entry<String, String> odd =
        Odd.one(
            List.of(
                Map.entry("Accept", "image/png"),
                Map.entry("Accept", "nonsense"),
                Map.entry("Accept", "application/json;q=2"),
                Map.entry("Accept-Language", "x".repeat(500)),
                Map.entry("Idempotency-Key", " "),
                Map.entry("Idempotency-Key", "k".repeat(3_000)),
                Map.entry("Idempotency-Key", "k"),
                Map.entry("Last-Event-ID", "-1"),
                Map.entry("Last-Event-ID", "99999999999999999999"),
                Map.entry("Authorization", "Bearer x.y.z"),
                Map.entry("Authorization", "Basic !"),
                Map.entry("x-api-key", "ek_x"),
                Map.entry("Range", "bytes=5-1"),
                Map.entry("If-Match", "*"),
                Map.entry("Forwarded", "for=;;"),
                Map.entry("X-Forwarded-For", "nowhere, 1"),
                Map.entry("X-Forwarded-Host", "evil.example"),
                Map.entry("X-HTTP-Method-Override", "DELETE"),
                Map.entry("traceparent", "00-zz-zz-zz"),
                Map.entry("Cookie", "a=b;;;=")),
            random);
    request.headers.put(odd.getKey(), odd.getValue());
    request.oddities.add("header " + odd.getKey());
  }

  private void method(BadRequest request) {
    request.sentAs = Odd.one(METHODS, random);
    request.oddities.add("method");
  }

  private void type(BadRequest request) {
    request.headers.put("Content-Type", Odd.one(TYPES, random));
    request.oddities.add("type " + request.headers.get("Content-Type"));
  }

  private void field(BadRequest request) {
    JsonNode body = Marketplace.read(stage.fill(row.body()));
    if (!(body instanceof ObjectNode object)) {
      return;
    }
    ObjectNode place = object;
    List<String> names = names(place);
    while (!names.isEmpty() && random.nextInt(3) == 0) {
      JsonNode inner = place.get(Odd.one(names, random));
      JsonNode first = inner instanceof ArrayNode array && !array.isEmpty() ? array.get(0) : inner;
      if (!(first instanceof ObjectNode deeper)) {
        break;
      }
      place = deeper;
      names = names(place);
    }
    String name =
        names.isEmpty() || random.nextInt(8) == 0
            ? Odd.one(List.of("agentId", "review", "mode", "input", "tags", "metadata"), random)
            : Odd.one(names, random);
    if (random.nextInt(6) == 0) {
      place.remove(name);
    } else {
      place.set(name, Odd.value(random));
    }
    request.body = body.toString().getBytes(StandardCharsets.UTF_8);
    request.oddities.add("field " + name);
  }

  private void body(BadRequest request) {
    request.body = Odd.one(BODIES, random).getBytes(StandardCharsets.UTF_8);
    request.oddities.add("body");
  }

  private void nesting(BadRequest request) {
    String open = Odd.one(List.of("[", "{\"a\":"), random);
    String close = open.equals("[") ? "]" : "}";
    request.body = (open.repeat(DEEP) + "1" + close.repeat(DEEP)).getBytes(StandardCharsets.UTF_8);
    request.oddities.add("nesting");
  }

  /// Cut off, or with bytes that are no UTF-8.
  private void bytes(BadRequest request) {
    if (request.body.length == 0) {
      return;
    }
    byte[] spoiled = request.body.clone();
    spoiled[random.nextInt(spoiled.length)] = (byte) (128 + random.nextInt(128));
    int length = random.nextBoolean() ? spoiled.length : random.nextInt(spoiled.length);
    request.body = Arrays.copyOf(spoiled, length);
    request.oddities.add("bytes");
  }

  private static List<String> names(ObjectNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
