package io.stompline.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws horizontal bars as SVG: panels side by side, each with an axis of its own. One thread at a time. */
final class Chart {
    private static final int LABELS = 190;
    private static final int PANEL = 250;
    private static final int AXIS = 170;
    private static final int TOP = 96;
    private static final int ROW = 30;
    private static final int BAR = 18;
    private static final int TICKS = 3;

    /** A value, or NaN if there is none, and what it is of. */
    record Bar(String label, double value) {}

    private record Panel(String title, List<Bar> bars) {
        double largest() {
            return bars.stream()
                    .mapToDouble(Bar::value)
                    .filter(value -> !Double.isNaN(value))
                    .max()
                    .orElse(0);
        }
    }

    private final String title;
    private final String subtitle;
    private final List<Panel> panels = new ArrayList<>();
    private final StringBuilder out = new StringBuilder();

    Chart(String title, String subtitle) {
        this.title = title;
        this.subtitle = subtitle;
    }

    /** Adds a panel on the right. All panels have the same labels, which stand on the left. */
    void panel(String heading, List<Bar> bars) {
        panels.add(new Panel(heading, bars));
    }

    String svg() {
        int width = LABELS + panels.size() * PANEL;
        int height = TOP + panels.get(0).bars().size() * ROW + 40;
        add(
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d'"
                        + " font-family='sans-serif' font-size='13' fill='#24292f'>%n",
                width, height, width, height);
        add("<rect width='%d' height='%d' fill='#ffffff'/>%n", width, height);
        text(16, 30, "font-size='18' font-weight='bold'", title);
        text(16, 52, "fill='#57606a'", subtitle);
        labels(panels.get(0));
        for (int i = 0; i < panels.size(); i++) {
            draw(panels.get(i), LABELS + i * PANEL);
        }
        return out.append("</svg>\n").toString();
    }

    private void labels(Panel first) {
        for (int row = 0; row < first.bars().size(); row++) {
            text(
                    LABELS - 10,
                    middle(row),
                    "text-anchor='end'",
                    first.bars().get(row).label());
        }
    }

    private void draw(Panel panel, int left) {
        int bottom = TOP + panel.bars().size() * ROW;
        double step = step(panel.largest());
        double pixels = AXIS / Math.max(step * TICKS, panel.largest());
        text(left, TOP - 14, "font-weight='bold'", panel.title());
        for (double tick = 0; tick * pixels <= AXIS; tick += step) {
            double x = left + tick * pixels;
            add("<line x1='%.1f' x2='%.1f' y1='%d' y2='%d' stroke='#d0d7de'/>%n", x, x, TOP, bottom);
            text(x, bottom + 18, "text-anchor='middle' fill='#57606a'", number(tick));
        }
        for (int row = 0; row < panel.bars().size(); row++) {
            double value = panel.bars().get(row).value();
            if (Double.isNaN(value)) {
                text(left + 5, middle(row), "", "–");
            } else {
                bar(left, row, value, pixels);
            }
        }
    }

    private void bar(int left, int row, double value, double pixels) {
        int y = TOP + row * ROW + (ROW - BAR) / 2;
        add(
                "<rect x='%d' y='%d' width='%.1f' height='%d' fill='#0969da'/>%n",
                left, y, Math.max(1, value * pixels), BAR);
        text(left + value * pixels + 5, middle(row), "", number(value));
    }

    private static int middle(int row) {
        return TOP + row * ROW + ROW / 2 + 5;
    }

    /** The step between ticks: 1, 2, 2.5 or 5 times a power of ten. */
    private static double step(double largest) {
        double wanted = Math.max(largest, 1e-6) / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(wanted)));
        for (double factor : new double[] {1, 2, 2.5, 5}) {
            if (factor * power >= wanted) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static String number(double value) {
        if (value >= 1e6) {
            return String.format(Locale.ROOT, "%.2f M", value / 1e6);
        }
        if (value >= 1e4) {
            return String.format(Locale.ROOT, "%.0f k", value / 1e3);
        }
        return String.format(Locale.ROOT, value >= 100 || value == Math.rint(value) ? "%.0f" : "%.2f", value);
    }

    private void text(double x, double y, String attributes, String content) {
        add("<text x='%.1f' y='%.1f' %s>%s</text>%n", x, y, attributes, escaped(content));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private void add(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values));
    }
}
