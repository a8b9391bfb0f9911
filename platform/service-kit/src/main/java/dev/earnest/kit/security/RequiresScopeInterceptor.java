package dev.earnest.kit.security;

import io.quarkus.arc.ArcInvocationContext;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Annotation;
import org.jspecify.annotations.Nullable;

/// Before anything else is looked at, and whatever it is: a wrong scope tells nothing of what there
/// is. Who may come without a token (a stream's reader with a ticket) has no scopes.
@RequiresScope(Scope.TASKS_READ)
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
class RequiresScopeInterceptor {
  private final CurrentCaller caller;
  private final SecurityIdentity identity;

  RequiresScopeInterceptor(CurrentCaller caller, SecurityIdentity identity) {
    this.caller = caller;
    this.identity = identity;
  }

  @AroundInvoke
  @Nullable Object check(InvocationContext call) throws Exception {
    if (!identity.isAnonymous()) {
      RequiresScope required = required((ArcInvocationContext) call);
      Caller who = caller.get().require(required.value());
      if (required.wholeAccount()) {
        who.requireUnbound();
      }
    }
    return call.proceed();
  }

  private static RequiresScope required(ArcInvocationContext call) {
    for (Annotation binding : call.getInterceptorBindings()) {
      if (binding instanceof RequiresScope requires) {
        return requires;
      }
    }
    throw new IllegalStateException("no scope at " + call.getMethod());
  }
}
