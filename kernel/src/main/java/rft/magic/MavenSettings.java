package rft.magic;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.repository.Proxy;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.eclipse.aether.util.repository.DefaultProxySelector;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What the user's {@code settings.xml} says of the local repository, mirrors and proxies. */
final class MavenSettings {
  private final Path folder;
  private final @Nullable Element settings;

  private MavenSettings(Path folder, @Nullable Element settings) {
    this.folder = folder;
    this.settings = settings;
  }

  /**
   * Reads the settings of a user.
   *
   * @param folder usually {@code ~/.m2}
   * @throws IOException if there are settings that cannot be read
   */
  static MavenSettings in(Path folder) throws IOException {
    Path file = folder.resolve("settings.xml");
    return new MavenSettings(
        folder, Files.exists(file) ? parse(Files.readString(file)).getDocumentElement() : null);
  }

  /**
   * Returns an XML text as a document; nothing outside of it is looked up.
   *
   * @throws IOException if it is no XML
   */
  static Document parse(String xml) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return builder.parse(new InputSource(new StringReader(xml)));
    } catch (SAXException e) {
      throw new IOException("this is no XML: " + e.getMessage(), e);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("this Java reads no XML", e);
    }
  }

  /** Returns the elements of this name below another, at any depth. */
  static List<Element> elements(Node parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        if (element.getTagName().equals(name)) {
          found.add(element);
        }
        found.addAll(elements(element, name));
      }
    }
    return found;
  }

  /** Returns the text of a direct child; empty if it has none of this name. */
  static String text(Element parent, String name) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        return element.getTextContent().strip();
      }
    }
    return "";
  }

  /** Returns where artifacts are kept. */
  Path localRepository() {
    String property = System.getProperty("maven.repo.local", "");
    String given =
        property.isEmpty() && settings != null ? text(settings, "localRepository") : property;
    return given.isEmpty()
        ? folder.resolve("repository")
        : Path.of(given.replace("${user.home}", System.getProperty("user.home", "")));
  }

  /** Makes a session ask mirrors and proxies. */
  void applyTo(DefaultRepositorySystemSession session) {
    if (settings == null) {
      return;
    }
    DefaultMirrorSelector mirrors = new DefaultMirrorSelector();
    for (Element mirror : elements(settings, "mirror")) {
      mirrors.add(
          text(mirror, "id"),
          text(mirror, "url"),
          "default",
          false,
          false,
          text(mirror, "mirrorOf"),
          "*");
    }
    session.setMirrorSelector(mirrors);
    DefaultProxySelector proxies = new DefaultProxySelector();
    for (Element proxy : elements(settings, "proxy")) {
      if (!text(proxy, "active").equals("false")) {
        proxies.add(
            new Proxy(
                Optional.of(text(proxy, "protocol")).filter(p -> !p.isEmpty()).orElse("http"),
                text(proxy, "host"),
                Integer.parseInt(text(proxy, "port"))),
            text(proxy, "nonProxyHosts"));
      }
    }
    session.setProxySelector(proxies);
  }
}
