package rft.magic;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.Exclusion;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * What a POM, or a part of one, asks for at run time.
 *
 * @param repositories addresses by id
 */
record PomFragment(List<Dependency> dependencies, Map<String, String> repositories) {
  private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");

  PomFragment {
    dependencies = List.copyOf(dependencies);
  }

  /**
   * Reads the dependencies and repositories of an XML text with one or several roots.
   *
   * @throws IOException if it is no XML
   * @throws IllegalArgumentException if a dependency lacks a part
   */
  static PomFragment parse(String xml) throws IOException {
    String bare = xml.replaceFirst("(?s)^\\s*<\\?xml.*?\\?>", "");
    Element root = MavenSettings.parse("<pom>" + bare + "</pom>").getDocumentElement();
    Map<String, String> properties = properties(root);
    List<Dependency> dependencies = new ArrayList<>();
    for (Element element : MavenSettings.elements(root, "dependency")) {
      if (!isInside(element, "dependencyManagement") && !isInside(element, "plugin")) {
        String scope = MavenSettings.text(element, "scope");
        if (!scope.equals(JavaScopes.TEST) && !scope.equals(JavaScopes.PROVIDED)) {
          dependencies.add(dependency(element, properties));
        }
      }
    }
    Map<String, String> repositories = new LinkedHashMap<>();
    for (Element element : MavenSettings.elements(root, "repository")) {
      if (!isInside(element, "distributionManagement")) {
        repositories.put(
            MavenSettings.text(element, "id"),
            filled(MavenSettings.text(element, "url"), properties));
      }
    }
    return new PomFragment(dependencies, repositories);
  }

  private static Map<String, String> properties(Element root) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (Element group : MavenSettings.elements(root, "properties")) {
      for (Node node = group.getFirstChild(); node != null; node = node.getNextSibling()) {
        if (node instanceof Element property) {
          properties.put(property.getTagName(), property.getTextContent().strip());
        }
      }
    }
    return properties;
  }

  private static boolean isInside(Node node, String name) {
    for (Node each = node.getParentNode(); each != null; each = each.getParentNode()) {
      if (each instanceof Element element && element.getTagName().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static Dependency dependency(Element element, Map<String, String> properties) {
    String group = part(element, "groupId", properties);
    String artifact = part(element, "artifactId", properties);
    String version = part(element, "version", properties);
    String type = MavenSettings.text(element, "type");
    String classifier = MavenSettings.text(element, "classifier");
    List<Exclusion> exclusions = new ArrayList<>();
    for (Element each : MavenSettings.elements(element, "exclusion")) {
      exclusions.add(
          new Exclusion(
              MavenSettings.text(each, "groupId"),
              MavenSettings.text(each, "artifactId"),
              "*",
              "*"));
    }
    return new Dependency(
        new DefaultArtifact(group, artifact, classifier, type.isEmpty() ? "jar" : type, version),
        JavaScopes.RUNTIME,
        false,
        exclusions);
  }

  private static String part(Element element, String name, Map<String, String> properties) {
    String text = filled(MavenSettings.text(element, name), properties);
    if (text.isEmpty() || text.contains("${")) {
      throw new IllegalArgumentException(
          "the dependency "
              + MavenSettings.text(element, "artifactId")
              + " needs a <"
              + name
              + "> here"
              + (text.isEmpty() ? "" : ": " + text + " is not defined"));
    }
    return text;
  }

  private static String filled(String text, Map<String, String> properties) {
    return PROPERTY
        .matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(properties.getOrDefault(match.group(1), match.group())));
  }
}
