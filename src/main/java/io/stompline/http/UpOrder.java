package io.stompline.http;

/**
 * The numbers of the requests that bring octets of one session: 1, 2, 3 and so on; the opening is 0. One thread at a
 * time.
 */
final class UpOrder {
    /** What a number means. */
    enum Place {
        /** It comes next. */
        NEXT,
        /** It was taken before: its client has missed the answer. */
        REPEATED,
        /** One before it is missing. */
        EARLY
    }

    private long taken;

    /** Where a number belongs. */
    Place place(long number) {
        if (number <= taken) {
            return Place.REPEATED;
        }
        return number == taken + 1 ? Place.NEXT : Place.EARLY;
    }

    /** The next one is taken. */
    void take() {
        taken++;
    }
}
