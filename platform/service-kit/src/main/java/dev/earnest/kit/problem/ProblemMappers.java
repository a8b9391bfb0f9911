package dev.earnest.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/// Turns whatever a request ran into into a problem document. What nobody foresaw is a 500 that
/// says nothing of our inside to the caller and everything to the log.
public class ProblemMappers {
  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

  @ServerExceptionMapper
  public Response refusal(Refusal refusal, UriInfo uri) {
    return Problems.answer(refusal, uri);
  }

  @ServerExceptionMapper
  public Response invalid(ConstraintViolationException invalid, UriInfo uri) {
    List<FieldError> errors =
        invalid.getConstraintViolations().stream()
            .map(violation -> new FieldError(field(violation), violation.getMessage()))
            .sorted(Comparator.comparing(FieldError::field).thenComparing(FieldError::detail))
            .toList();
    String detail =
        errors.stream()
            .map(error -> error.field() + " " + error.detail())
            .collect(Collectors.joining("; "));
    return Problems.answer(new Refusal(400, "validation_failed", detail, errors), uri);
  }

  /// Named beside its supertype because Quarkus has a mapper of its own for it.
  @ServerExceptionMapper
  public Response mismatch(MismatchedInputException wrong, UriInfo uri) {
    return wrongShape(wrong, uri);
  }

  /// A field that was given twice, under two of its names: Jackson finds no way to set it again. Named
  /// beside its supertype for the same reason.
  @ServerExceptionMapper
  public Response twice(InvalidDefinitionException wrong, UriInfo uri) {
    return wrong.getPath().isEmpty() ? unforeseen(wrong, uri) : wrongShape(wrong, uri);
  }

  @ServerExceptionMapper
  public Response wrongShape(JsonMappingException wrong, UriInfo uri) {
    String field =
        wrong.getPath().stream()
            .map(
                ref -> ref.getFieldName() == null ? "[" + ref.getIndex() + "]" : ref.getFieldName())
            .collect(Collectors.joining("."));
    if (field.isEmpty()) {
      return Problems.answer(400, "malformed_json", "The body is not the expected JSON.", uri);
    }
    return Problems.answer(Refusal.invalid(field, "has a value of the wrong type or form"), uri);
  }

  @ServerExceptionMapper
  public Response malformed(JsonProcessingException malformed, UriInfo uri) {
    return Problems.answer(400, "malformed_json", "The body is not well-formed JSON.", uri);
  }

  @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
  public Response unauthenticated(UriInfo uri) {
    return Problems.answer(
        401,
        "unauthorized",
        "A valid bearer token is needed: none came, or it was not valid.",
        uri);
  }

  @ServerExceptionMapper
  public Response forbidden(ForbiddenException forbidden, UriInfo uri) {
    return Problems.answer(403, "forbidden", "The token's roles do not allow this.", uri);
  }

  @ServerExceptionMapper
  public Response web(WebApplicationException error, UriInfo uri) {
    if (error.getCause() instanceof JsonMappingException wrong) {
      return wrongShape(wrong, uri);
    }
    if (error.getCause() instanceof JsonProcessingException malformed) {
      return malformed(malformed, uri);
    }
    if (error instanceof NotFoundException && error.getCause() instanceof RuntimeException) {
      return parameter(uri);
    }
    int status = error.getResponse().getStatus();
    return switch (status) {
      case 400 -> Problems.answer(400, "bad_request", "The request makes no sense here.", uri);
      case 401 -> unauthenticated(uri);
      case 404 -> Problems.answer(404, "not_found", "There is nothing at this address.", uri);
      case 405 ->
          Problems.answer(405, "method_not_allowed", "This address has no such method.", uri);
      case 406 ->
          Problems.answer(406, "not_acceptable", "There is no answer of the asked type.", uri);
      case 413 -> Problems.answer(413, "too_large", "The body is too large.", uri);
      case 415 -> Problems.answer(415, "unsupported_media_type", "The body must be JSON.", uri);
      default -> status < 500 ? error.getResponse() : unforeseen(error, uri);
    };
  }

  /// JAX-RS calls a query parameter that cannot be read a 404; what is asked for does exist.
  private static Response parameter(UriInfo uri) {
    List<FieldError> errors =
        uri.getQueryParameters().keySet().stream()
            .sorted()
            .map(name -> new FieldError(name, "may have a value of the wrong type or form"))
            .toList();
    return Problems.answer(
        new Refusal(400, "validation_failed", "A parameter has a value of the wrong type.", errors),
        uri);
  }

  @ServerExceptionMapper
  public Response unforeseen(Throwable error, UriInfo uri) {
    if (isTextThatCannotBeStored(error)) {
      return Problems.answer(400, "bad_text", "A text has a character that no text may have.", uri);
    }
    if (Unavailable.is(error)) {
      LOG.warnf("no database at %s: %s", uri.getPath(), error.getMessage());
      return Problems.unavailable(uri);
    }
    LOG.errorf(error, "unforeseen error at %s", uri.getPath());
    return Problems.answer(500, "internal_error", "Something went wrong on our side.", uri);
  }

  /// PostgreSQL stores every character but U+0000, in text (22021) as in JSON (22P05).
  private static boolean isTextThatCannotBeStored(Throwable error) {
    for (@Nullable Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && ("22021".equals(sql.getSQLState()) || "22P05".equals(sql.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  /// The last name of a violation's path is the field as the caller wrote it.
  private static String field(ConstraintViolation<?> violation) {
    String name = "";
    StringBuilder whole = new StringBuilder();
    int depth = 0;
    for (Path.Node node : violation.getPropertyPath()) {
      if (depth++ > 1) {
        whole.append(whole.isEmpty() ? "" : ".").append(node);
      }
      name = node.toString();
    }
    return whole.isEmpty() ? name : whole.toString();
  }
}
