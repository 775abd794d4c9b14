/**
 * What happens, heard as it happens: an endpoint of the kind `events` in a component. Parts of a page that listen to the same share one connection.
 *
 *   const live = useEvents(api.notificationEvents, {}, { renews: [api.unreadNotifications, api.notifications] })
 *   useRead(api.unreadNotifications, {}, { every: live ? false : 60_000 })          where no connection can be had it is asked now and then
 */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Endpoint } from '#platform/contract.ts'
import { listen, type Told } from '../light/listen.ts'
import { type InputOf, moduleOf, requestOf } from './client.ts'
import { sessionKey } from './session.ts'
import { keyOf } from './use-endpoint.ts'

export interface EventsOptions {
  /** False as long as there is nothing to listen to. */
  readonly enabled?: boolean
  /** Endpoints whose answers are out of date when something is told, or modules, all of whose answers are. */
  readonly renews?: readonly (Endpoint | string)[]
  onTold?(events: readonly Told[]): void
}

/** Whether the connection is open. */
export function useEvents<E extends Endpoint>(endpoint: E, input: InputOf<E>, options: EventsOptions = {}): boolean {
  const cache = useQueryClient()
  const [live, setLive] = useState(false)
  const { url } = requestOf(endpoint, input)
  const { enabled = true } = options
  const latest = useRef(options)
  latest.current = options
  useEffect(() => {
    if (!enabled) return
    const renew = () => {
      for (const one of latest.current.renews ?? [moduleOf(endpoint)])
        void cache.invalidateQueries({ queryKey: typeof one === 'string' ? [one] : keyOf(one, {}).slice(0, 2) })
    }
    return share(url, {
      told(events) {
        renew()
        latest.current.onTold?.(events)
      },
      missed: renew,
      live: setLive,
      ended: (reason) => {
        if (reason === 'sign-in-needed') void cache.invalidateQueries({ queryKey: sessionKey })
      },
    })
  }, [cache, endpoint, url, enabled])
  return live
}

type Ears = Parameters<typeof listen>[1]
interface Shared {
  readonly ears: Set<Required<Ears>>
  readonly stop: () => void
  isLive: boolean
}
const connections = new Map<string, Shared>()

function share(url: string, ears: Required<Ears>): () => void {
  const shared = connections.get(url) ?? connected(url)
  shared.ears.add(ears)
  if (shared.isLive) ears.live(true)
  return () => {
    shared.ears.delete(ears)
    if (shared.ears.size > 0) return
    shared.stop()
    connections.delete(url)
  }
}

function connected(url: string): Shared {
  const ears: Shared['ears'] = new Set()
  const all = (tell: (one: Required<Ears>) => void) => {
    for (const one of ears) tell(one)
  }
  const shared: Shared = {
    ears,
    isLive: false,
    stop: listen(url, {
      told: (events) => all((one) => one.told(events)),
      missed: () => all((one) => one.missed()),
      live: (isLive) => {
        shared.isLive = isLive
        all((one) => one.live(isLive))
      },
      ended: (reason) => all((one) => one.ended(reason)),
    }),
  }
  connections.set(url, shared)
  return shared
}
