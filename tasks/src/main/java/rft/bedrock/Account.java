package rft.bedrock;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what was left out by kind, and keeps the first few places of each. */
final class Account {
  private static final int PLACES = 3;

  /** What cannot be read is to be looked at place by place. */
  private static final int UNREADABLE_PLACES = 20;

  private final Map<Omission, InvocationLogs.LeftOut> entries = new EnumMap<>(Omission.class);

  void add(OmittedException omitted, String place) {
    InvocationLogs.LeftOut before =
        entries.getOrDefault(
            omitted.kind(), new InvocationLogs.LeftOut(omitted.kind(), 0, List.of()));
    List<String> places = new ArrayList<>(before.places());
    int most = omitted.kind() == Omission.UNREADABLE ? UNREADABLE_PLACES : PLACES;
    if (places.size() < most) {
      places.add(omitted.detail().isEmpty() ? place : place + " (" + omitted.detail() + ")");
    }
    entries.put(
        omitted.kind(), new InvocationLogs.LeftOut(omitted.kind(), before.count() + 1, places));
  }

  /** Returns what was left out, in the order of the kinds. */
  List<InvocationLogs.LeftOut> entries() {
    return List.copyOf(entries.values());
  }
}
