// Loaded before a program that tools/run.mjs starts: when that is killed, the program is asked to stop.
process.channel?.unref();
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
