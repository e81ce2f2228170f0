package rft.sample;

import java.util.List;

/** Names and things; the lists are short because the model that learns them is small. */
final class Words {
  static final List<String> NAMES =
      List.of(
          "Anna", "Ben", "Carla", "David", "Emma", "Felix", "Grace", "Hugo", "Iris", "Jonas",
          "Lena", "Max", "Nina", "Omar", "Paul", "Rosa", "Sara", "Tom", "Vera", "Yusuf");
  static final List<String> CITIES =
      List.of(
          "Rome", "Paris", "Berlin", "Oslo", "Lima", "Cairo", "Delhi", "Tokyo", "Boston", "Madrid",
          "Vienna", "Lagos");
  static final List<String> ITEMS =
      List.of(
          "apples", "pens", "books", "coins", "cards", "cups", "eggs", "stamps", "shells", "balls",
          "keys", "lamps");

  private Words() {}
}
