package dev.earnest.local;

import dev.earnest.local.process.PrivateFiles;
import dev.earnest.local.process.StackException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

/// One command at a time changes a stack. The system lets go of the lock when the command dies.
final class StackLock implements AutoCloseable {
  private final FileChannel channel;

  private StackLock(FileChannel channel) {
    this.channel = channel;
  }

  static StackLock take(Home home) {
    PrivateFiles.createFolder(home.run());
    var file = home.run().resolve("lock");
    try {
      var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel)) {
        return new StackLock(channel);
      }
      channel.close();
    } catch (IOException e) {
      throw new StackException("cannot lock " + file + ": " + e.getMessage(), e);
    }
    throw new StackException(
        "another ./earnest command is changing this stack; wait until it has finished");
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StackException("cannot unlock the stack: " + e.getMessage(), e);
    }
  }
}
