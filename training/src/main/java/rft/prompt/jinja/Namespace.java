package rft.prompt.jinja;

import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code namespace(..)} makes: attributes that {@code set} may change from inner scopes. */
final class Namespace {
  final Map<String, Object> attributes = new LinkedHashMap<>();
}
