import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

/** What a thread sends: notes on the way, then its answer. */
type Message<N, R> = { readonly note: N } | { readonly answer: R }

/**
 * Runs a file in a thread of its own, so that long computations do not keep this process from serving pages. The file calls `answerFromThread` at its top level. `ask` is plain data; the
 * buffers of its arrays are handed over and not copied, so the caller must not touch them afterwards, and the answer comes back in the same way. The thread is ended where `stopping` fires.
 */
export function inThread<A, R, N>(file: URL, ask: A, options: { readonly stopping: AbortSignal; onNote(note: N): void }): Promise<R> {
  return new Promise((resolve, reject) => {
    const { stopping } = options
    // Flags of the process, such as those of a profiler or a test runner, are not for threads.
    const thread = new Worker(file, { workerData: ask, transferList: buffersIn(ask), execArgv: ['--disable-warning=ExperimentalWarning'] })
    const stop = () => {
      void thread.terminate()
      reject(new Error('The thread was stopped'))
    }
    stopping.addEventListener('abort', stop)
    if (stopping.aborted) stop()
    thread.on('message', (message: Message<N, R>) => ('answer' in message ? resolve(message.answer) : options.onNote(message.note)))
    thread.once('error', reject)
    thread.once('exit', (code) => {
      stopping.removeEventListener('abort', stop)
      reject(new Error(`A thread ended with ${code} before it answered`))
    })
  })
}

/** A thread and other work side by side. Where the other work fails, the thread is ended: nobody takes its answer, and whoever tries again would have two of them. */
export async function besideThread<R, B>(
  stopping: AbortSignal,
  thread: (stopping: AbortSignal) => Promise<R>,
  other: Promise<B>,
): Promise<[R, B]> {
  const over = new AbortController()
  try {
    return await Promise.all([thread(AbortSignal.any([stopping, over.signal])), other])
  } finally {
    over.abort()
  }
}

/** To be called by the file of a thread: works on what was asked and sends the answer. */
export function answerFromThread<A, R, N>(work: (ask: A, note: (note: N) => void) => R): void {
  if (isMainThread || !parentPort) throw new Error('This file runs in a thread only')
  const port = parentPort
  const answer = work(workerData as A, (note) => port.postMessage({ note }))
  port.postMessage({ answer }, buffersIn(answer))
}

/** The buffers of all typed arrays in plain data, each once. */
export function buffersIn(data: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>()
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if (ArrayBuffer.isView(value)) {
      if (value.buffer instanceof ArrayBuffer) found.add(value.buffer)
    } else for (const part of Object.values(value)) look(part)
  }
  look(data)
  return [...found]
}
