package rft.display;

import java.util.Locale;
import rft.loop.Evaluation;

/** Small bars as HTML, without a picture: plain boxes that any front-end draws. */
final class Bars {
  static final String UP = "rgba(33,133,245,0.75)";
  static final String DOWN = "rgba(240,116,20,0.8)";
  static final String TRACK = "rgba(128,128,128,0.22)";

  private Bars() {}

  /** Returns a value beside zero, which lies in the middle. */
  static String beside(double value, double most, int halfWidth) {
    double share = most == 0 ? 0 : Math.max(-1, Math.min(1, value / most));
    long width = Math.round(Math.abs(share) * halfWidth);
    String box = box(width, 8, share < 0 ? DOWN : UP);
    return "<span style=\"display:inline-block;white-space:nowrap\">"
        + half(share < 0 ? box : "", "right", halfWidth, true)
        + half(share > 0 ? box : "", "left", halfWidth, false)
        + "</span>";
  }

  private static String half(String content, String align, int width, boolean middle) {
    return "<span style=\"display:inline-block;vertical-align:middle;width:"
        + width
        + "px;height:12px;line-height:12px;text-align:"
        + align
        + (middle ? ";border-right:1px solid rgba(128,128,128,0.6)" : "")
        + "\">"
        + content
        + "</span>";
  }

  /** Returns a box of one colour. */
  static String box(long width, int height, String colour) {
    return "<span style=\"display:inline-block;vertical-align:middle;width:"
        + width
        + "px;height:"
        + height
        + "px;border-radius:1px;background-color:"
        + colour
        + "\"></span>";
  }

  /** Returns an estimate in [0, 1] as a bar, its interval as a darker stretch around its end. */
  static String interval(Evaluation.Estimate estimate, int width) {
    long low = Math.round(width * clamp(estimate.low()));
    long high = Math.max(low + 2, Math.round(width * clamp(estimate.high())));
    return "<span style=\"display:inline-block;white-space:nowrap;vertical-align:middle;width:"
        + width
        + "px;background-color:"
        + TRACK
        + ";line-height:10px;height:10px;border-radius:2px\" title=\""
        + text(estimate)
        + "\">"
        + box(low, 10, "rgba(33,133,245,0.45)")
        + box(high - low, 10, "rgba(33,133,245,0.9)")
        + "</span>";
  }

  private static double clamp(double share) {
    return Double.isNaN(share) ? 0 : Math.max(0, Math.min(1, share));
  }

  /** Returns an estimate with its interval. */
  static String text(Evaluation.Estimate estimate) {
    return String.format(
        Locale.ROOT, "%.3f (%.3f to %.3f)", estimate.mean(), estimate.low(), estimate.high());
  }
}
