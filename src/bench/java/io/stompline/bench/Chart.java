package io.stompline.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws horizontal bars as SVG: panels in bands of a few, each with an axis of its own. One thread at a time. */
final class Chart {
    private static final int LABELS = 190;
    private static final int PANEL = 280;

    /** How many panels stand side by side: so many can be read where pages show pictures. */
    private static final int BAND = 3;

    private static final int AXIS = 170;
    private static final int HEAD = 64;

    /** Above and below the bars of a band. */
    private static final int TOP = 32;

    private static final int BOTTOM = 40;

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

    /** Adds a panel. All panels have the same labels, which stand on the left. */
    void panel(String heading, List<Bar> bars) {
        panels.add(new Panel(heading, bars));
    }

    String svg() {
        int width = LABELS + Math.min(BAND, panels.size()) * PANEL;
        int height = top((panels.size() - 1) / BAND + 1);
        add(
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d'"
                        + " font-family='sans-serif' font-size='13' fill='#24292f'>%n",
                width, height, width, height);
        add("<rect width='%d' height='%d' fill='#ffffff'/>%n", width, height);
        text(16, 30, "font-size='18' font-weight='bold'", title);
        text(16, 52, "fill='#57606a'", subtitle);
        for (int i = 0; i < panels.size(); i++) {
            int top = top(i / BAND) + TOP;
            if (i % BAND == 0) {
                labels(panels.get(i), top);
            }
            draw(panels.get(i), LABELS + i % BAND * PANEL, top);
        }
        return out.append("</svg>\n").toString();
    }

    /** Where a band begins, with its headings. */
    private int top(int band) {
        return HEAD + band * (TOP + panels.get(0).bars().size() * ROW + BOTTOM);
    }

    private void labels(Panel panel, int top) {
        for (int row = 0; row < panel.bars().size(); row++) {
            text(
                    LABELS - 10,
                    middle(top, row),
                    "text-anchor='end'",
                    panel.bars().get(row).label());
        }
    }

    private void draw(Panel panel, int left, int top) {
        int bottom = top + panel.bars().size() * ROW;
        double step = step(panel.largest());
        double pixels = AXIS / Math.max(step * TICKS, panel.largest());
        text(left, top - 14, "font-weight='bold'", panel.title());
        for (double tick = 0; tick * pixels <= AXIS; tick += step) {
            double x = left + tick * pixels;
            add("<line x1='%.1f' x2='%.1f' y1='%d' y2='%d' stroke='#d0d7de'/>%n", x, x, top, bottom);
            text(x, bottom + 18, "text-anchor='middle' fill='#57606a'", number(tick));
        }
        for (int row = 0; row < panel.bars().size(); row++) {
            double value = panel.bars().get(row).value();
            if (Double.isNaN(value)) {
                text(left + 5, middle(top, row), "", "–");
            } else {
                bar(left, top, row, value, pixels);
            }
        }
    }

    private void bar(int left, int top, int row, double value, double pixels) {
        int y = top + row * ROW + (ROW - BAR) / 2;
        add(
                "<rect x='%d' y='%d' width='%.1f' height='%d' fill='#0969da'/>%n",
                left, y, Math.max(1, value * pixels), BAR);
        text(left + value * pixels + 5, middle(top, row), "", number(value));
    }

    private static int middle(int top, int row) {
        return top + row * ROW + ROW / 2 + 5;
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
