package rft.kernel;

import java.lang.reflect.Proxy;

/** Ctrl-C in the terminal of the kernel, and what some front-ends send to stop a cell. */
final class InterruptSignal {
  private InterruptSignal() {}

  /**
   * Calls this on every SIGINT instead of ending the process. Does nothing on a Java without such
   * signals, nor where the process was started to ignore them, as a script's background jobs are,
   * which Ctrl-C is not for: front-ends interrupt by a message.
   */
  static void calls(Runnable interrupt) {
    try {
      // By reflection, because the compiler warns of these classes and cannot be told not to.
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object calling =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      interrupt.run();
                      yield null;
                    }
                    case "equals" -> arguments != null && arguments[0] == proxy;
                    case "hashCode" -> System.identityHashCode(interrupt);
                    default -> "interrupt";
                  });
      Object sigint = signal.getConstructor(String.class).newInstance("INT");
      signal.getMethod("handle", signal, handler).invoke(null, sigint, calling);
    } catch (ReflectiveOperationException | RuntimeException e) {
      System.getLogger("rft.kernel")
          .log(System.Logger.Level.DEBUG, "SIGINT keeps ending the process", e);
    }
  }
}
