package io.stompline.bench;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Makes one report of several about the same server: the median of each figure, all messages that were lost, doubled or reordered, and the note of the first. */
final class Medians {
    private Medians() {}

    /** One report of at least one; all have the same scenarios. */
    static Report of(List<Report> runs) {
        Report first = runs.get(0);
        return new Report(
                first.server(),
                first.date(),
                first.processors(),
                runs.stream().mapToDouble(Report::loadAverage).max().orElseThrow(),
                first.java(),
                first.seconds(),
                first.results().stream()
                        .map(result -> ofResults(results(runs, result.id())))
                        .toList());
    }

    private static List<Result> results(List<Report> runs, String id) {
        return runs.stream().flatMap(run -> run.result(id).stream()).toList();
    }

    private static Result ofResults(List<Result> results) {
        Result first = results.get(0);
        return new Result(
                first.id(),
                first.title(),
                first.unit(),
                median(results, Result::perSecond),
                median(results, Result::cpuMicros),
                median(results, Result::p50Millis),
                median(results, Result::p99Millis),
                sum(results, Result::lost),
                sum(results, Result::duplicated),
                sum(results, Result::outOfOrder),
                median(results, Result::memoryKib),
                first.note());
    }

    /** Of an even number, the lower of the two in the middle. */
    private static double median(List<Result> results, ToDoubleFunction<Result> figure) {
        return results.stream()
                .map(figure::applyAsDouble)
                .sorted(Comparator.naturalOrder())
                .skip((results.size() - 1) / 2)
                .findFirst()
                .orElseThrow();
    }

    private static long sum(List<Result> results, ToLongFunction<Result> count) {
        return results.stream().mapToLong(count).sum();
    }
}
