package io.stompline.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes one report of several about the same server: the median of each figure, all messages that were lost, doubled or
 * reordered, and all notes.
 */
final class Medians {
    private Medians() {}

    /** One report of at least one, with what is in any of them. */
    static Report of(List<Report> runs) {
        Report first = runs.get(0);
        return new Report(
                first.server(),
                first.date(),
                first.processors(),
                runs.stream().mapToDouble(Report::loadAverage).max().orElseThrow(),
                first.java(),
                first.seconds(),
                ids(runs).map(id -> ofResults(results(runs, id))).toList());
    }

    private static Stream<String> ids(List<Report> runs) {
        return runs.stream()
                .flatMap(run -> run.results().stream())
                .map(Result::id)
                .distinct();
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
                figures(results),
                results.stream()
                        .map(Result::note)
                        .filter(note -> !note.isEmpty())
                        .distinct()
                        .collect(Collectors.joining("; ")));
    }

    private static List<Figure> figures(List<Result> results) {
        Map<String, List<Figure>> byName = new LinkedHashMap<>();
        results.forEach(result -> result.figures()
                .forEach(figure -> byName.computeIfAbsent(figure.name(), name -> new ArrayList<>())
                        .add(figure)));
        return byName.values().stream().map(Medians::ofFigures).toList();
    }

    private static Figure ofFigures(List<Figure> figures) {
        Figure first = figures.get(0);
        return new Figure(first.name(), median(figures, Figure::value), first.unit());
    }

    /** Of an even number, the lower of the two in the middle. */
    private static <T> double median(List<T> results, ToDoubleFunction<T> figure) {
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
