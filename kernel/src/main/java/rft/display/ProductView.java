package rft.display;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rft.command.Chat;
import rft.command.Compare;
import rft.command.DataCheck;
import rft.command.DataShow;
import rft.command.DataSplit;
import rft.command.DiffInspection;
import rft.command.Doctor;
import rft.command.Evaluate;
import rft.command.GraderRun;
import rft.command.GraderValidate;
import rft.command.GroupInspection;
import rft.command.JudgeAsk;
import rft.command.JudgeChecking;
import rft.command.Model;
import rft.command.ModelList;
import rft.command.ModelShow;
import rft.command.Quickstart;
import rft.command.Result;
import rft.command.RewardBreak;
import rft.command.RewardCard;
import rft.command.RewardDiff;
import rft.command.RewardExport;
import rft.command.RewardList;
import rft.command.RewardProbe;
import rft.command.RewardShow;
import rft.command.RewardTest;
import rft.command.RewardTry;
import rft.command.Run;
import rft.command.RunsExport;
import rft.command.RunsList;
import rft.command.RunsShow;
import rft.command.SampleRollouts;
import rft.command.Sweep;
import rft.command.Train;
import rft.command.WorkbenchOpened;
import rft.dataset.Dataset;
import rft.dataset.Task;
import rft.prompt.Prompt;
import rft.reward.Completion;
import rft.reward.RewardUnit;
import rft.reward.Rubric;
import rft.reward.Verdict;
import rft.rollout.Rollout;
import rft.rollout.RolloutGroup;
import rft.run.RunHeader;
import rft.run.RunHome;
import rft.run.StoredRollout;

/** The views of the product's own types: its nouns, and what its verbs return. */
final class ProductView {
  private static final Map<Class<?>, Function<Object, Shown>> VIEWS = new LinkedHashMap<>();

  static {
    add(Dataset.class, DataViews::dataset);
    add(Task.class, DataViews::task);
    add(DataCheck.Report.class, DataViews::check);
    add(DataShow.Page.class, DataViews::page);
    add(DataSplit.Parts.class, DataViews::parts);
    add(RewardUnit.class, RewardViews::unit);
    add(Rubric.class, RewardViews::rubric);
    add(Verdict.class, RewardViews::verdict);
    add(Completion.class, RewardViews::completion);
    add(RewardList.Rewards.class, ReadyRewardViews::list);
    add(RewardShow.Card.class, ReadyRewardViews::card);
    add(RewardTest.Report.class, ReadyRewardViews::tested);
    add(RewardTry.Report.class, TrialViews::report);
    add(RewardCard.Report.class, CardView::of);
    add(RewardProbe.Report.class, AttackViews::probe);
    add(RewardBreak.Report.class, AttackViews::search);
    add(RewardDiff.Report.class, RewardDiffView::of);
    add(RewardExport.Written.class, RewardViews::exported);
    add(GraderValidate.Report.class, GraderViews::validated);
    add(GraderRun.Report.class, GraderViews::graded);
    add(JudgeAsk.Report.class, JudgeView::asked);
    add(JudgeChecking.Report.class, JudgeView::checked);
    add(Prompt.class, RolloutViews::prompt);
    add(Rollout.class, RolloutViews::rollout);
    add(RolloutGroup.class, RolloutViews::group);
    add(StoredRollout.class, RolloutViews::stored);
    add(SampleRollouts.Report.class, RolloutViews::report);
    add(SampleRollouts.Group.class, RolloutViews::sampled);
    add(Run.class, ProductView::run);
    add(RunHeader.class, RunViews::header);
    add(RunsList.Runs.class, RunViews::list);
    add(RunsShow.Page.class, RunViews::page);
    add(RunsExport.Written.class, RunViews::exported);
    add(Train.Report.class, RunViews::trained);
    add(Evaluate.Report.class, EvaluationView::of);
    add(GroupInspection.class, GroupView::of);
    add(DiffInspection.class, DiffView::of);
    add(Compare.Report.class, CompareView::of);
    add(Chat.Talk.class, ChatView::of);
    add(Sweep.class, sweep -> RunViews.sweep(sweep).shown());
    add(Quickstart.Report.class, QuickstartView::of);
    add(Model.class, ModelViews::model);
    add(ModelShow.Card.class, ModelViews::card);
    add(ModelList.Models.class, ModelViews::list);
    add(Doctor.Report.class, MachineViews::doctor);
    add(WorkbenchOpened.class, MachineViews::workbench);
  }

  private ProductView() {}

  private static <T> void add(Class<T> type, Function<T, Shown> view) {
    VIEWS.put(type, value -> view.apply(type.cast(value)));
  }

  /** Returns the view of a value, or null if its type has none of its own. */
  static @Nullable Shown of(Object value) {
    for (Map.Entry<Class<?>, Function<Object, Shown>> view : VIEWS.entrySet()) {
      if (view.getKey().isInstance(value)) {
        return view.getValue().apply(value);
      }
    }
    return value instanceof Result result
        ? result.text().map(text -> sentences(text.lines().toList(), result)).orElse(null)
        : null;
  }

  /**
   * Returns the view of a list of values of one type, or null if there is none but a table of their
   * parts.
   */
  static @Nullable Shown ofList(List<?> values) {
    if (values.stream().allMatch(StoredRollout.class::isInstance)) {
      List<StoredRollout> rollouts = values.stream().map(StoredRollout.class::cast).toList();
      return RolloutViews.stored(rollouts).shown();
    }
    if (values.stream().allMatch(Task.class::isInstance)) {
      return DataViews.tasks(values.stream().map(Task.class::cast).toList()).shown();
    }
    if (values.size() > 1 && values.stream().allMatch(Run.class::isInstance)) {
      List<String> ids = values.stream().map(run -> ((Run) run).id()).toList();
      return SeveralRuns.of(RunHome.standard(), ids);
    }
    return null;
  }

  private static Shown sentences(List<String> lines, Result result) {
    Page page = new Page();
    lines.forEach(page::say);
    result.problem().ifPresent(page::trouble);
    return page.shown();
  }

  private static Shown run(Run run) {
    try {
      return RunChart.of(run).shown();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
