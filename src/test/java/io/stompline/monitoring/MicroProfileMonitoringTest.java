package io.stompline.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.metrics.Meter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MicroProfileMonitoringTest {
    @ParameterizedTest
    @EnumSource
    void metric_unit_addsNothingToTheExportedName(Meter meter) {
        Metadata metadata = MicroProfileMonitoring.metadata(meter);
        assertThat(metadata.getName()).isEqualTo("stompline_" + meter.key());
        if (!metadata.getUnit().equals(MetricUnits.NONE)) {
            assertThat(metadata.getName()).endsWith("_" + metadata.getUnit());
        }
    }

    @Test
    void metric_metadata_hasUnitAndHelpOfTheMeter() {
        Metadata metadata = MicroProfileMonitoring.metadata(Meter.OUTBOX_BYTES);
        assertThat(metadata.getUnit()).isEqualTo(MetricUnits.BYTES);
        assertThat(metadata.getDescription()).isEqualTo(Meter.OUTBOX_BYTES.help());
    }
}
