package dev.countersign;

import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** Classes that wait or read files: {@link EventLoopRulesTest} must find each of them. */
final class WaitingOffenders {

    private WaitingOffenders() {}

    static final class Sleeps {
        void run() throws InterruptedException {
            Thread.sleep(1);
        }
    }

    static final class AwaitsUni {
        String run(Uni<String> uni) {
            return uni.await().indefinitely();
        }
    }

    static final class AwaitsContext {
        String run(Uni<String> uni) throws Throwable {
            return VertxContextSupport.subscribeAndAwait(() -> uni);
        }
    }

    static final class Joins {
        String run(CompletableFuture<String> future) {
            return future.join();
        }
    }

    static final class Gets {
        String run(java.util.concurrent.Future<String> future) throws Exception {
            return future.get();
        }
    }

    static final class AwaitsFuture {
        String run(Future<String> future) {
            return Future.await(future);
        }
    }

    static final class Latches {
        void run(CountDownLatch latch) throws InterruptedException {
            latch.await();
        }
    }

    static final class Iterates {
        List<String> run(Multi<String> items) {
            return items.subscribe().asStream().toList();
        }
    }

    static final class ReadsPath {
        String run() throws IOException {
            return Files.readString(Path.of("any"));
        }
    }

    static final class ReadsStream {
        int run() throws IOException {
            try (FileInputStream file = new FileInputStream("any")) {
                return file.read();
            }
        }
    }
}
