package rft.display;

import java.util.ArrayList;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/** Keeps what a cell shows, in order. */
final class RecordingOutput implements CellOutput {
  /** One thing shown: the first time, or in place of what had its id. */
  record Sent(boolean again, DisplayData bundle, long nanos) {
    String html() {
      return String.valueOf(bundle.getData(MIMEType.TEXT_HTML));
    }

    String text() {
      return String.valueOf(bundle.getData(MIMEType.TEXT_PLAIN));
    }
  }

  private final List<Sent> sent = new ArrayList<>();
  private int cleared;

  @Override
  public synchronized void display(DisplayData bundle) {
    sent.add(new Sent(false, bundle, System.nanoTime()));
  }

  @Override
  public synchronized void update(DisplayData bundle) {
    sent.add(new Sent(true, bundle, System.nanoTime()));
  }

  @Override
  public synchronized void clear(boolean wait) {
    cleared++;
  }

  synchronized List<Sent> sent() {
    return List.copyOf(sent);
  }

  synchronized Sent last() {
    return sent.get(sent.size() - 1);
  }

  synchronized int cleared() {
    return cleared;
  }
}
