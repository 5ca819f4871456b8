package dev.tidings.egress;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for the operating system's resolver, which blocks, sometimes for many seconds. They are their own, so that a
 * name server that hangs takes no worker from anybody; and real ones, since a native call would hold a virtual thread's
 * carrier anyway.
 */
final class ResolverThreads implements Executor, AutoCloseable {
    private static final int MOST = 64;

    private final ThreadPoolExecutor pool;

    ResolverThreads() {
        ThreadFactory named =
                Thread.ofPlatform().daemon().name("tidings-resolver-", 0).factory();
        pool = new ThreadPoolExecutor(MOST, MOST, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named);
        pool.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable command) {
        pool.execute(command);
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
