package rft.cell;

import java.lang.Thread.UncaughtExceptionHandler;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import jdk.jshell.execution.LocalExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import org.jspecify.annotations.Nullable;

/**
 * Runs code of cells inside this process so that values stay objects and everything can be stopped.
 * The inherited {@code invoke} starts a thread, runs a method without arguments there and makes
 * text of its value; it is given {@link #call}, which runs the real code, keeps the value and
 * returns nothing.
 *
 * <p>One run at a time has a thread of its own. What runs inside it, on its thread or on threads
 * started by it, stays on the calling thread: it is stopped with the run.
 */
final class StoppableControl extends LocalExecutionControl {
  private static final long STOP_AGAIN_MILLIS = 100;

  /** Inherited, so that {@link #call} on its fresh thread, and all threads from there, know. */
  private static final InheritableThreadLocal<@Nullable CellRun> INSIDE =
      new InheritableThreadLocal<>();

  private static final Method CALL = callMethod();

  final EngineLock engine = new EngineLock();
  private final CellClasses classes;
  private final UncaughtExceptionHandler report;
  private final ThreadGroup home = Thread.currentThread().getThreadGroup();
  private final ReentrantLock turn = new ReentrantLock();
  private int depth;
  private @Nullable CellRun running;
  private volatile boolean stopped;

  /**
   * @param report told what ends a background thread of a cell, on that thread
   */
  StoppableControl(CellClasses classes, UncaughtExceptionHandler report) {
    super(classes);
    this.classes = classes;
    this.report = report;
  }

  private static Method callMethod() {
    try {
      Method method = StoppableControl.class.getDeclaredMethod("call");
      method.setAccessible(true);
      return method;
    } catch (NoSuchMethodException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Returns whether the calling thread runs code of a cell, or was started by such code. */
  boolean isInside() {
    CellRun run = INSIDE.get();
    return run != null && run.owner == this;
  }

  /**
   * Waits until no other thread evaluates. Returns whether this is the outermost evaluation: then
   * {@link #end} must follow.
   */
  boolean begin() {
    if (isInside() || turn.isHeldByCurrentThread()) {
      return false;
    }
    turn.lock();
    return true;
  }

  /** Ends the outermost evaluation; forgets the stop that ended it. */
  void end() {
    try {
      if (stopped) {
        clearStopFlag();
      }
    } finally {
      stopped = false;
      turn.unlock();
    }
  }

  /** Does something with JShell while no cell runs but the one that asks for it. */
  void alone(Consumer<Boolean> use) {
    boolean outermost = begin();
    try {
      engine.use(() -> use.accept(outermost));
    } finally {
      if (outermost) {
        end();
      }
    }
  }

  boolean isStopped() {
    return stopped;
  }

  void forgetStop() {
    stopped = false;
  }

  @Override
  public String varValue(String className, String name)
      throws RunException, EngineTerminationException, InternalException {
    Exchange.FieldAccess wanted = Exchange.ofThread().takeAccess();
    if (wanted == null) {
      return super.varValue(className, name);
    }
    try {
      Field field = classes.findClass(className).getDeclaredField(name);
      field.setAccessible(true);
      wanted.access(field);
      return "";
    } catch (ReflectiveOperationException e) {
      throw new InternalException(e.toString());
    }
  }

  /** Called by JShell for each snippet that runs something. */
  @Override
  protected String invoke(Method snippet) throws Exception {
    Throwable replacement = Exchange.ofThread().takeReplacement();
    if (replacement != null) {
      throw new InvocationTargetException(replacement);
    }
    try {
      Exchange.ofThread().returned(run(() -> result(snippet)));
    } catch (InvocationTargetException e) {
      Exchange.ofThread().threw(causeOf(e));
      throw e;
    }
    return "";
  }

  private static @Nullable Object result(Method snippet) throws Throwable {
    try {
      return Expression.valueOr(snippet.invoke(null));
    } catch (InvocationTargetException e) {
      throw causeOf(e);
    }
  }

  /**
   * Runs any code as if it were a cell's.
   *
   * @throws InvocationTargetException around what the body threw
   * @throws ExecutionControl.StoppedException if it was stopped
   */
  @Nullable Object guarded(Callable<? extends @Nullable Object> body) throws Exception {
    clientCodeEnter();
    try {
      return run(body::call);
    } finally {
      clientCodeLeave();
    }
  }

  private @Nullable Object run(CellRun.Body body) throws Exception {
    int holds = engine.free();
    try {
      // Without the turn it is a declaration from outside: it must not take a cell's place.
      if (turn.isHeldByCurrentThread()) {
        return runOnOwnThread(new CellRun(this, body));
      }
      try {
        return body.run();
      } catch (Throwable e) {
        throw new InvocationTargetException(e);
      }
    } finally {
      engine.take(holds);
    }
  }

  private @Nullable Object runOnOwnThread(CellRun run) throws Exception {
    synchronized (this) {
      if (stopped) {
        throw new StoppedException();
      }
      running = run;
    }
    try {
      start(run);
      return run.takeValue();
    } finally {
      run.awaitEnd();
      synchronized (this) {
        running = null;
      }
    }
  }

  private void start(CellRun run) throws Exception {
    INSIDE.set(run);
    try {
      super.invoke(CALL);
    } finally {
      INSIDE.remove();
    }
  }

  /** Runs the inherited run's body; on the thread that the engine made for it. */
  static @Nullable Object call() throws Throwable {
    CellRun run = INSIDE.get();
    if (run == null) {
      throw new IllegalStateException("called outside of a run");
    }
    // Java 17 sets a handler for the whole process here, which swallows everything.
    Thread.setDefaultUncaughtExceptionHandler(run.handler);
    run.perform(run.owner.classes.loader(), run.owner.report);
    // Nothing, because the engine would make text of it where no stop reaches.
    return null;
  }

  @Override
  protected void clientCodeEnter() {
    synchronized (this) {
      if (depth++ == 0) {
        super.clientCodeEnter();
      }
    }
  }

  @Override
  protected void clientCodeLeave() {
    synchronized (this) {
      if (--depth == 0) {
        super.clientCodeLeave();
      }
    }
  }

  /** Stops what runs, again and again until it has ended; returns at once. */
  @Override
  public void stop() {
    CellRun run;
    synchronized (this) {
      stopped = true;
      run = running;
      if (run == null || run.isStopping) {
        return;
      }
      run.isStopping = true;
    }
    Thread stopper = new Thread(home, () -> stopUntilEnded(run), "cell stopper", 0, false);
    stopper.setDaemon(true);
    stopper.start();
  }

  private void stopUntilEnded(CellRun run) {
    try {
      while (stopOnce(run)) {
        Thread.sleep(STOP_AGAIN_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean stopOnce(CellRun run) {
    if (running != run) {
      return false;
    }
    // A compiler hit in the middle would stay broken; the code it compiles will not be run.
    engine.unlessHeldBy(run::contains, this::stopThreads);
    return true;
  }

  private void stopThreads() {
    try {
      super.stop();
    } catch (EngineTerminationException | InternalException e) {
      throw new IllegalStateException("the engine cannot stop: " + e.getMessage(), e);
    }
  }

  /** From Java 20 a stop leaves a mark on all code of cells, which the next run takes away. */
  private void clearStopFlag() {
    try {
      start(new CellRun(this, () -> null));
    } catch (Exception e) {
      throw new IllegalStateException("the engine cannot go on: " + e.getMessage(), e);
    }
  }

  static Throwable causeOf(InvocationTargetException e) {
    Throwable cause = e.getCause();
    return cause == null ? e : cause;
  }
}
