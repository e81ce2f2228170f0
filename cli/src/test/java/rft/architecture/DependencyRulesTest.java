package rft.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Which code may touch tensors, the terminal and what must not be touched at all. */
final class DependencyRulesTest {
  @Test
  void tensorsStayWhereTheirMemoryIsOwned() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "rft.policy..", "rft.loss..", "rft.optimizer..", "rft.export..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl.ndarray.."));
  }

  @Test
  void theEngineStaysInTraining() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "rft.dataset..",
                "rft.reward..",
                "rft.sample..",
                "rft.run..",
                "rft.template..",
                "rft.advantage..",
                "rft.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl.."));
  }

  /**
   * In a kernel these streams are no terminal but what cells print to and read; a worker and a
   * served reward answer events on them, and that code runs without a sandbox must be seen.
   */
  @Test
  void onlyTheCommandLineKnowsATerminal() {
    for (String stream : new String[] {"out", "err", "in"}) {
      check(
          noClasses()
              .that()
              .resideOutsideOfPackages(
                  "rft.cli..", "rft.cell..", "rft.display..", "rft.magic..", "rft.kernel..")
              .and()
              .doNotHaveFullyQualifiedName("rft.worker.RewardWorker")
              .and()
              .doNotHaveFullyQualifiedName("rft.command.RewardServe")
              .and()
              .doNotHaveFullyQualifiedName("rft.sandbox.Sandboxes")
              .should()
              .accessField(System.class, stream));
    }
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("rft.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("me.tongfei.."));
  }

  @Test
  void onlyTheCommandLineEndsTheProcess() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("rft.cli..")
            .should()
            .callMethod(System.class, "exit", int.class));
  }

  @Test
  void javaSerialisationIsNeverRead() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectInputStream"));
  }

  /** With default typing JSON could name the class that is made of it. */
  @Test
  void jsonNeverNamesAClass() {
    check(
        noClasses()
            .should()
            .callMethodWhere(
                JavaCall.Predicates.target(
                    HasName.Predicates.nameMatching("(activate|enable)DefaultTyping.*"))));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(Product.CLASSES);
  }
}
