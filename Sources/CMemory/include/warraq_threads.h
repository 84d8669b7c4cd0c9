#ifndef WARRAQ_THREADS_H
#define WARRAQ_THREADS_H

/// Whether so many threads can run beside those that do: 0, or the error number of the first that could not be started.
///
/// The thread pool waits for ever for a thread that the system refuses; limits of processes, of address space and of
/// containers are all found by trying. Takes some microseconds a thread.
int warraq_threads_refused(int count);

#endif
