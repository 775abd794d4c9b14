/** One message of a stream of events, as a browser would take it apart. */
export interface Message {
  readonly event: string
  readonly id: string
  readonly data: unknown
}

export interface Hearing {
  /** The next message that says something; null where the connection was closed, and a failure where none comes in time. */
  next(milliseconds?: number): Promise<Message | null>
  /** The payloads of what is told, of as many as are asked for. */
  told(count: number, milliseconds?: number): Promise<{ kind: string; payload: Record<string, unknown> }[]>
  /** Where the listener is: what a browser would say when it comes again. */
  readonly place: string
  stop(): Promise<void>
}

export function hear(response: Response): Hearing {
  const reader = response.body!.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let place = ''
  const ready: Message[] = []
  let isClosed = false
  async function read(): Promise<void> {
    const { done, value } = await reader.read()
    if (done) {
      isClosed = true
      return
    }
    text += decoder.decode(value, { stream: true })
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const lines = text.slice(0, end).split('\n')
      text = text.slice(end + 2)
      const field = (name: string) =>
        lines.flatMap((line) => (line.startsWith(`${name}: `) ? [line.slice(name.length + 2)] : [])).join('\n')
      place = field('id') || place
      if (field('data')) ready.push({ event: field('event') || 'message', id: place, data: JSON.parse(field('data')) })
    }
  }
  let reading: Promise<void> | null = null
  const self: Hearing = {
    get place() {
      return place
    },
    async next(milliseconds = 5000) {
      const until = performance.now() + milliseconds
      while (ready.length === 0 && !isClosed) {
        reading ??= read().finally(() => {
          reading = null
        })
        const timer = Promise.withResolvers<'late'>()
        const timeout = setTimeout(() => timer.resolve('late'), Math.max(1, until - performance.now()))
        const late = await Promise.race([reading, timer.promise])
        clearTimeout(timeout)
        if (late === 'late') throw new Error(`Nothing was heard within ${milliseconds} ms`)
      }
      return ready.shift() ?? null
    },
    async told(count, milliseconds) {
      const all: { kind: string; payload: Record<string, unknown> }[] = []
      while (all.length < count) {
        const message = await self.next(milliseconds)
        if (message === null) throw new Error('The connection was closed')
        if (message.event === 'message') all.push(...(message.data as typeof all))
      }
      return all
    },
    stop: () => reader.cancel(),
  }
  return self
}
