package rft.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import rft.display.CellOutput;
import rft.wire.ExecuteRequest;
import rft.wire.WireMessage;

/**
 * One cell that runs or ran, and everything it shows: its parent header never changes, so what its
 * threads print and show later still reaches it.
 */
final class Cell implements CellOutput {
  private static final int SEND_AT_CHARACTERS = 32_768;

  private final WireMessage request;
  private final ExecuteRequest asked;
  private final int number;
  private final Desk desk;
  private final StreamText printed;
  private boolean scheduled;
  private volatile boolean running = true;
  private volatile boolean interrupted;

  /** What all cells of a kernel share. */
  record Desk(Publisher publisher, FlushTimer timer, Questions questions, long mostPrinted) {}

  Cell(WireMessage request, int number, Desk desk) {
    this.request = request;
    this.asked = ExecuteRequest.read(request.content());
    this.number = number;
    this.desk = desk;
    this.printed = new StreamText(desk.mostPrinted());
  }

  ExecuteRequest asked() {
    return asked;
  }

  WireMessage request() {
    return request;
  }

  int number() {
    return number;
  }

  boolean isRunning() {
    return running;
  }

  void interrupt() {
    interrupted = true;
  }

  boolean isInterrupted() {
    return interrupted;
  }

  /** Prints; what is printed is sent soon. */
  synchronized void print(StreamText.Stream stream, byte[] bytes, int offset, int length) {
    if (asked.silent()) {
      return;
    }
    printed.add(stream, bytes, offset, length);
    if (printed.waiting() >= SEND_AT_CHARACTERS) {
      flush();
    } else if (printed.waiting() > 0 && !scheduled) {
      scheduled = true;
      desk.timer().soon(this::flushLater);
    }
  }

  private synchronized void flushLater() {
    scheduled = false;
    flush();
  }

  /** Sends what was printed. */
  synchronized void flush() {
    for (StreamText.Piece piece : printed.take()) {
      ObjectNode content = Bundles.empty();
      content.put("name", piece.stream().label()).put("text", piece.text());
      publish("stream", content);
    }
  }

  /**
   * Sends the last of what the cell itself printed, and what threads of earlier cells did until
   * now: a client may stop listening when the cell has ended. Its own threads may go on.
   */
  void end() {
    finish();
    desk.timer().hurry();
  }

  private synchronized void finish() {
    running = false;
    printed.finish();
    flush();
  }

  @Override
  public void display(DisplayData bundle) {
    show("display_data", bundle);
  }

  @Override
  public void update(DisplayData bundle) {
    show("update_display_data", bundle);
  }

  private void show(String type, DisplayData bundle) {
    ObjectNode content = Bundles.content(bundle);
    synchronized (this) {
      flush();
      publish(type, content);
    }
  }

  @Override
  public synchronized void clear(boolean wait) {
    flush();
    publish("clear_output", Bundles.empty().put("wait", wait));
  }

  /** Tells everybody who listens, unless the cell is to leave no trace. */
  void publish(String type, ObjectNode content) {
    if (!asked.silent()) {
      desk.publisher().publish(request.header(), type, content);
    }
  }

  /** Returns what the user answers; see {@link Questions#ask}. */
  String ask(String prompt, boolean password) {
    return desk.questions().ask(this, prompt, password);
  }
}
