package io.stompline.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolTest {
    private final List<Integer> made = new ArrayList<>();
    private final List<Integer> ended = new ArrayList<>();
    private final Pool<Integer> pool = new Pool<>(this::make, ended::add);

    private int make() {
        made.add(made.size());
        return made.size() - 1;
    }

    @Test
    void pool_oneAfterTheOther_useTheSame() {
        assertThat(pool.<Integer, RuntimeException>with(thing -> thing)).isZero();
        assertThat(pool.<Integer, RuntimeException>with(thing -> thing)).isZero();
        assertThat(ended).isEmpty();
    }

    @Test
    void pool_moreThanItKeeps_areEnded() {
        nested(20);
        assertThat(made).hasSize(20);
        assertThat(ended).hasSize(4);
    }

    @Test
    void pool_closed_endsWhatIsIdleAndWhatComesBack() {
        assertThat(pool.<Integer, RuntimeException>with(outer -> {
                    nested(2);
                    pool.close();
                    assertThat(ended).doesNotContain(outer);
                    return outer;
                }))
                .isZero();
        assertThat(ended).containsExactlyInAnyOrderElementsOf(made);
        nested(1);
        assertThat(ended).containsExactlyInAnyOrderElementsOf(made);
    }

    private void nested(int depth) {
        pool.<Integer, RuntimeException>with(thing -> {
            if (depth > 1) {
                nested(depth - 1);
            }
            return thing;
        });
    }
}
