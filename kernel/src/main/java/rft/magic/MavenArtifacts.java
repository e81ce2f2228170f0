package rft.magic;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;

/**
 * Finds artifacts and what they depend on, as Maven does: in the local repository if all are there,
 * else in the remote ones.
 */
final class MavenArtifacts {
  private static final String CENTRAL = "https://repo.maven.apache.org/maven2/";

  private final Path mavenHome;
  private final Map<String, RemoteRepository> repositories = new LinkedHashMap<>();

  /**
   * @param mavenHome the folder that holds the user's {@code settings.xml}
   */
  MavenArtifacts(Path mavenHome) {
    this.mavenHome = mavenHome;
    addRepository("central", CENTRAL);
  }

  /** Adds a repository to look in, in place of one with the same id. */
  void addRepository(String id, String url) {
    repositories.put(id, new RemoteRepository.Builder(id, "default", url).build());
  }

  /**
   * Returns the jars of these artifacts and of all they need at run time.
   *
   * @throws DependencyResolutionException if one is nowhere to be found
   * @throws IOException if the user's settings cannot be read
   */
  List<Path> resolve(List<Dependency> wanted) throws DependencyResolutionException, IOException {
    RepositorySystem system = new RepositorySystemSupplier().get();
    try {
      try {
        return resolve(system, wanted, true);
      } catch (DependencyResolutionException e) {
        return resolve(system, wanted, false);
      }
    } finally {
      system.shutdown();
    }
  }

  private List<Path> resolve(RepositorySystem system, List<Dependency> wanted, boolean offline)
      throws DependencyResolutionException, IOException {
    MavenSettings settings = MavenSettings.in(mavenHome);
    DefaultRepositorySystemSession session = MavenRepositorySystemUtils.newSession();
    LocalRepository local = new LocalRepository(settings.localRepository().toFile());
    session.setLocalRepositoryManager(system.newLocalRepositoryManager(session, local));
    settings.applyTo(session);
    session.setOffline(offline);
    List<RemoteRepository> remotes =
        system.newResolutionRepositories(session, List.copyOf(repositories.values()));
    CollectRequest collect = new CollectRequest(wanted, List.of(), remotes);
    DependencyRequest request =
        new DependencyRequest(collect, DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME));
    List<Path> jars = new ArrayList<>();
    for (ArtifactResult result :
        system.resolveDependencies(session, request).getArtifactResults()) {
      jars.add(result.getArtifact().getFile().toPath());
    }
    return jars;
  }
}
