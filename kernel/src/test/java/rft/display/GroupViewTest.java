package rft.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rft.command.AnswerSight;
import rft.command.Chat;
import rft.command.Compare;
import rft.command.Contrast;
import rft.command.DiffInspection;
import rft.command.GroupInspection;
import rft.command.GroupSight;
import rft.command.PartSight;
import rft.command.RolloutSight;
import rft.command.TokenColour;
import rft.command.TokenSight;
import rft.loop.Evaluation;
import rft.prompt.PromptSet;
import rft.reward.Score;

final class GroupViewTest {
  private static final String EVIL =
      "<script>alert(1)</script>\"'\u202e<img src=x onerror=y>\u001b[31m";

  private static AnswerSight answer(String text, @Nullable Double other) {
    List<TokenSight> tokens = new ArrayList<>();
    for (String piece : text.split("(?<=\\G.{3})")) {
      tokens.add(new TokenSight(piece, "", -1.5, 0.7, other));
    }
    tokens.add(new TokenSight("", "<|end|>", -0.01, 0.02, other));
    return new AnswerSight(text, tokens, tokens.size(), "stop", Score.of(0.5, EVIL), 0.5);
  }

  private static GroupInspection group(TokenColour colour, String... texts) {
    List<RolloutSight> rollouts = new ArrayList<>();
    for (String text : texts) {
      int index = rollouts.size();
      rollouts.add(
          new RolloutSight(
              index,
              answer(text, -2.5),
              index % 2 == 0 ? 1.0 : -1.0,
              List.of(new PartSight(EVIL, 0.5, 2.0, 1.0)),
              new RolloutSight.Before(2, 0.25, -0.5)));
    }
    GroupSight sight = new GroupSight(4, 0, "t-1", EVIL, EVIL, 0.5, 0.0, rollouts, List.of());
    return new GroupInspection(
        EVIL,
        EVIL,
        EVIL,
        colour,
        Map.of(EVIL, 2.0),
        Map.of(EVIL, 1.0),
        List.of(sight),
        List.of(EVIL));
  }

  private static void assertHarmless(Shown shown) {
    String html = shown.html();
    assertFalse(html.contains("<script"), "a script");
    assertFalse(html.contains("<img"), "a tag of the model's");
    assertFalse(html.contains("\u202e") || html.contains("\u001b"), "an unseen character");
    assertFalse(shown.text().contains("\u202e") || shown.text().contains("\u001b"), shown.text());
    assertFalse(html.contains("alert(1)</"), "an unescaped end tag");
  }

  @Test
  void hostileTextIsHarmlessInEveryView() {
    assertHarmless(GroupView.of(group(TokenColour.PUSH, EVIL, "fine")));
    AnswerSight evil = answer(EVIL, -1.0);
    assertHarmless(
        DiffView.of(
            new DiffInspection(
                EVIL,
                EVIL,
                EVIL,
                1,
                1,
                0,
                0,
                1,
                TokenColour.KL,
                List.of(
                    new DiffInspection.TaskPair(
                        EVIL, EVIL, EVIL, List.of(new DiffInspection.Pair(0, evil, evil)))))));
    Evaluation.Estimate some = new Evaluation.Estimate(0.5, 0.4, 0.6);
    assertHarmless(
        CompareView.of(
            new Compare.Report(
                EVIL,
                EVIL,
                EVIL,
                EVIL,
                EVIL,
                1,
                1,
                0,
                some,
                some,
                some,
                0.5,
                0.5,
                1,
                0,
                0,
                List.of(
                    new Compare.TaskComparison(
                        Contrast.Outcome.GAINED,
                        EVIL,
                        EVIL,
                        EVIL,
                        List.of(evil),
                        List.of(evil),
                        0,
                        1)),
                List.of(new PromptSet.TooLong(EVIL, 9, 8)))));
    Chat.Reply reply = new Chat.Reply(EVIL, 4, 0.5, "stop");
    assertHarmless(
        ChatView.of(
            new Chat.Talk(EVIL, EVIL, EVIL, List.of(new Chat.Turn(EVIL, reply, reply)), false)));
  }

  @ParameterizedTest
  @EnumSource(TokenColour.class)
  void theColouringAskedForNeedsNoStyleSheet(TokenColour colour) {
    String html = GroupView.of(group(colour, "12 + 30 = 42")).html();
    String bare = html.replaceAll("(?s)<style>.*?</style>", "");
    TokenShade shade = TokenShade.of(colour);
    TokenSight first = new TokenSight("12 ", "", -1.5, 0.7, -2.5);
    String background = shade.background(shade.level(first, 1, 1));
    assertTrue(bare.contains("background-color:" + background + "\">12 </span>"), bare);
    assertTrue(bare.contains("Tokens by " + colour.optionName()), "its legend");
  }

  @Test
  void equalAnswersAreShownOnceWithTheirNumber() {
    String html =
        GroupView.of(group(TokenColour.ADVANTAGE, "same", "same", "other", "same")).html();
    assertTrue(html.contains(">x3<"), html);
    assertEquals(2, html.split("title=\"advantage|&lt;\\|end\\|&gt;", -1).length - 1);
  }

  @Test
  void advantagesAreBlueAboveTheGroupAndOrangeBelow() {
    TokenSight token = new TokenSight("a", "", -1.0, 1.0, null);
    assertTrue(TokenShade.ADVANTAGE.level(token, 2, 2) == TokenShade.STEPS);
    assertTrue(TokenShade.ADVANTAGE.level(token, -2, 2) == -TokenShade.STEPS);
    assertEquals(0, TokenShade.ADVANTAGE.level(token, 0, 0));
    assertEquals(0, TokenShade.KL.level(token, 1, 1), "nothing to compare with");
    assertFalse(
        TokenShade.PUSH.background(3).equals(TokenShade.PUSH.background(-3)), "two directions");
  }

  @Test
  void aTokenThatWasCertainIsNotPushed() {
    TokenSight certain = new TokenSight("a", "", -1e-6, 0.0, null);
    TokenSight doubtful = new TokenSight("a", "", -3.0, 2.0, null);
    assertEquals(0, TokenShade.PUSH.level(certain, 1, 1));
    assertEquals(TokenShade.STEPS, TokenShade.PUSH.level(doubtful, 1, 1));
  }

  @Test
  void aTextWithoutKnownTokensIsShownWhole() {
    AnswerSight plain = new AnswerSight("line <1>", List.of(), 3, "length", Score.of(1), 1.0);
    GroupSight sight =
        new GroupSight(
            0,
            0,
            "t",
            "q",
            null,
            1.0,
            null,
            List.of(new RolloutSight(0, plain, 0, List.of(), null)),
            List.of());
    String html =
        GroupView.of(
                new GroupInspection(
                    "r",
                    "its reward",
                    "c",
                    TokenColour.PUSH,
                    Map.of(),
                    Map.of(),
                    List.of(sight),
                    List.of()))
            .html();
    assertTrue(html.contains("line &lt;1&gt;"), html);
    assertTrue(html.contains("cut off"), html);
  }
}
