package io.stompline.application;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * Takes part in a transaction, and at a moment of its end this server is no more: nothing is closed, nothing is
 * flushed.
 */
final class Crash implements XAResource {
    /** In which phase of the two-phase commit. */
    enum Moment {
        PREPARE,
        COMMIT
    }

    private final Moment moment;

    Crash(Moment moment) {
        this.moment = moment;
    }

    @Override
    public int prepare(Xid xid) {
        at(Moment.PREPARE);
        return XA_OK;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) {
        at(Moment.COMMIT);
    }

    private void at(Moment now) {
        if (now == moment) {
            Runtime.getRuntime().halt(1);
        }
    }

    @Override
    public void start(Xid xid, int flags) {
        // Nothing to remember.
    }

    @Override
    public void end(Xid xid, int flags) {
        // Nothing to remember.
    }

    @Override
    public void rollback(Xid xid) {
        // Nothing to undo.
    }

    @Override
    public void forget(Xid xid) {
        // Nothing to forget.
    }

    @Override
    public Xid[] recover(int flag) throws XAException {
        return new Xid[0];
    }

    @Override
    public boolean isSameRM(XAResource other) {
        return other == this;
    }

    @Override
    public int getTransactionTimeout() {
        return 0;
    }

    @Override
    public boolean setTransactionTimeout(int seconds) {
        return false;
    }
}
