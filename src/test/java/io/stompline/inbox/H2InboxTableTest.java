package io.stompline.inbox;

class H2InboxTableTest extends InboxTableTest {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
