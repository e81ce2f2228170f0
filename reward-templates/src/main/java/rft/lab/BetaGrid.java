package rft.lab;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How the chance of one outcome is spread over tasks, as far as some answers to each tell: each
 * task's chance is a draw from a beta distribution whose mean and concentration are not known. They
 * are weighed on a grid, by likelihood times a prior: Jeffreys' for the mean, flat in the logarithm
 * for the concentration. So a forecast averages over chances of tasks and never puts their mean
 * into a power, which would promise far too many mixed groups.
 *
 * <p>Used where the forecast is for larger groups than there are samples of; smaller ones need no
 * such assumption.
 *
 * @see <a href="https://doi.org/10.1080/01621459.1974.10482962">the beta-binomial model</a>
 */
final class BetaGrid {
  private static final int MEANS = 96;
  private static final int CONCENTRATIONS = 32;
  private static final double LEAST_CONCENTRATION = 0.05;
  private static final double MOST_CONCENTRATION = 1000;

  /** A beta distribution and how likely it is. */
  private record Cell(double a, double b, double weight) {
    /** Returns the chance that a group of this size has the outcome throughout: E[p^size]. */
    double throughout(int size) {
      double chance = 1;
      for (int i = 0; i < size; i++) {
        chance *= (a + i) / (a + b + i);
      }
      return chance;
    }
  }

  /** Answers to one task: how many had the outcome, of how many. */
  record Trial(int count, int of) {}

  private final List<Cell> cells;

  BetaGrid(List<Trial> trials) {
    double[] logs = new double[MEANS * CONCENTRATIONS];
    Cell[] made = new Cell[logs.length];
    Map<Trial, Long> counts =
        trials.stream().collect(Collectors.groupingBy(trial -> trial, Collectors.counting()));
    for (int i = 0; i < logs.length; i++) {
      int row = i / CONCENTRATIONS;
      double sine = Math.sin(Math.PI / 2 * (row + 0.5) / MEANS);
      double mean = sine * sine;
      double step = (i % CONCENTRATIONS) / (CONCENTRATIONS - 1.0);
      double concentration =
          LEAST_CONCENTRATION * Math.pow(MOST_CONCENTRATION / LEAST_CONCENTRATION, step);
      made[i] = new Cell(mean * concentration, (1 - mean) * concentration, 1);
      for (Map.Entry<Trial, Long> trial : counts.entrySet()) {
        logs[i] += trial.getValue() * logLikelihood(made[i], trial.getKey());
      }
    }
    double best = Arrays.stream(logs).max().orElse(0);
    double sum = Arrays.stream(logs).map(log -> Math.exp(log - best)).sum();
    for (int i = 0; i < logs.length; i++) {
      made[i] = new Cell(made[i].a(), made[i].b(), Math.exp(logs[i] - best) / sum);
    }
    cells = List.of(made);
  }

  /** Returns the logarithm of the chance of a trial, but for a term that no cell changes. */
  private static double logLikelihood(Cell cell, Trial trial) {
    return logRising(cell.a(), trial.count())
        + logRising(cell.b(), trial.of() - trial.count())
        - logRising(cell.a() + cell.b(), trial.of());
  }

  private static double logRising(double from, int terms) {
    double log = 0;
    for (int i = 0; i < terms; i++) {
      log += Math.log(from + i);
    }
    return log;
  }

  /**
   * Returns the share of tasks whose groups of this size have the outcome in every answer, with its
   * 95 % credible interval.
   */
  Estimate throughout(int size) {
    record Chance(double value, double weight) {}
    List<Chance> chances =
        cells.stream()
            .map(cell -> new Chance(cell.throughout(size), cell.weight()))
            .sorted(Comparator.comparingDouble(Chance::value))
            .toList();
    double mean = 0;
    double low = 0;
    double high = 0;
    double below = 0;
    for (Chance chance : chances) {
      mean += chance.weight() * chance.value();
      low = below < 0.025 ? chance.value() : low;
      high = below < 0.975 ? chance.value() : high;
      below += chance.weight();
    }
    return new Estimate(mean, Math.min(low, mean), Math.max(high, mean));
  }
}
