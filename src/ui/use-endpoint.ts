/**
 * Endpoints in components.
 *
 *   const customer = useRead(customersApi.one, { id })                    // customer.data, .error (a Problem), .isPending; show with <Loaded of={customer}>
 *   const customers = usePages(customersApi.list, { sort: '-profit' })    // customers.items, .more(), .hasMore; show with <DataTable pages={customers}>
 *   const rename = useWrite(customersApi.rename, { onDone: () => … })     // await rename.send({ id, name }); rename.problem goes into a form
 *
 * Cached answers are kept under the module's name, and a write marks the module's answers as out of date (and those of `alsoChanges`).
 */
import { keepPreviousData, type UseQueryResult, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Endpoint } from '#platform/contract.ts'
import { call, type InputOf, isMeanwhile, moduleOf, Problem, type ResultOf } from './client.ts'

export interface ReadOptions {
  /** False as long as the input is not known yet. */
  readonly enabled?: boolean
  /** Milliseconds after which it is asked again, or false; a function of the last answer for work that ends. */
  readonly every?: number | false | ((data: unknown) => number | false)
  /** Show the answer to the last input until the one to the new input is here. Default true. */
  readonly keepPrevious?: boolean
}

export function useRead<E extends Endpoint>(
  endpoint: E,
  input: InputOf<E>,
  options: ReadOptions = {},
): UseQueryResult<ResultOf<E>, Problem> {
  const every = options.every
  return useQuery<ResultOf<E>, Problem>({
    queryKey: keyOf(endpoint, input),
    queryFn: ({ signal }) => call(endpoint, input, { signal }),
    enabled: options.enabled ?? true,
    ...(every === undefined ? {} : { refetchInterval: typeof every === 'function' ? (query) => every(query.state.data) : every }),
    ...((options.keepPrevious ?? true) ? { placeholderData: keepPreviousData as never } : {}),
  })
}

type ItemOf<E extends Endpoint> = ResultOf<E> extends { items: readonly (infer T)[] } ? T : never

/** A list that grows page by page. */
export interface Pages<T, R = unknown> {
  readonly items: readonly T[]
  /** The first page's answer as a whole, for what stands beside the items, such as a count. */
  readonly first: R | undefined
  readonly isPending: boolean
  /** A new answer is on its way while the old one is still shown. */
  readonly isRefreshing: boolean
  readonly problem: Problem | null
  readonly hasMore: boolean
  readonly isLoadingMore: boolean
  more(): void
  again(): void
}

/** `input` without the cursor; the hook adds it. */
export function usePages<E extends Endpoint>(
  endpoint: E,
  input: Omit<InputOf<E>, 'cursor'>,
  options: { enabled?: boolean } = {},
): Pages<ItemOf<E>, ResultOf<E>> {
  type Paged = { items: readonly ItemOf<E>[]; next: string | null }
  const query = useInfiniteQuery({
    queryKey: [...keyOf(endpoint, input), 'pages'],
    queryFn: ({ pageParam, signal }) => call(endpoint, { ...input, ...(pageParam ? { cursor: pageParam } : {}) } as InputOf<E>, { signal }),
    initialPageParam: '',
    getNextPageParam: (last: ResultOf<E>) => (last as Paged).next,
    enabled: options.enabled ?? true,
    placeholderData: keepPreviousData,
  })
  return {
    items: query.data?.pages.flatMap((one) => (one as Paged).items) ?? [],
    first: query.data?.pages[0],
    isPending: query.isPending,
    isRefreshing: query.isPlaceholderData || (query.isRefetching && !query.isFetchingNextPage),
    problem: query.error ? asProblem(query.error, endpoint) : null,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    more: () => void query.fetchNextPage(),
    again: () => void query.refetch(),
  }
}

export interface Write<E extends Endpoint> {
  /** Resolves with the result; rejects with a `Problem`, which also stands in `problem`. */
  send(input: InputOf<E>): Promise<ResultOf<E>>
  readonly pending: boolean
  readonly problem: Problem | null
  readonly result: ResultOf<E> | undefined
  reset(): void
}

export interface WriteOptions<E extends Endpoint> {
  onDone?(result: ResultOf<E>, input: InputOf<E>): void
  /** Other modules whose answers the write changes. */
  readonly alsoChanges?: readonly string[]
}

export function useWrite<E extends Endpoint>(endpoint: E, options: WriteOptions<E> = {}): Write<E> {
  const cache = useQueryClient()
  const unanswered = useRef<{ input: string; key: string } | null>(null)
  const mutation = useMutation<ResultOf<E>, Problem, InputOf<E>>({
    mutationFn: async (input) => {
      // When no answer came, nobody knows whether the write happened: the same request again carries the same key.
      const text = JSON.stringify(input)
      const key = unanswered.current?.input === text ? unanswered.current.key : crypto.randomUUID()
      unanswered.current = { input: text, key }
      try {
        const result = await call(endpoint, input, { idempotencyKey: key })
        unanswered.current = null
        return result
      } catch (error) {
        if (error instanceof Problem && error.reason !== 'network-away') unanswered.current = null
        throw asProblem(error, endpoint)
      }
    },
    // What is shown is out of date: what is there now has to stand beside what was typed.
    onError: async (problem) => {
      if (isMeanwhile(problem)) await cache.invalidateQueries({ queryKey: [moduleOf(endpoint)] })
    },
    onSuccess: async (result, input) => {
      options.onDone?.(result, input)
      await Promise.all([moduleOf(endpoint), ...(options.alsoChanges ?? [])].map((name) => cache.invalidateQueries({ queryKey: [name] })))
    },
  })
  return { send: mutation.mutateAsync, pending: mutation.isPending, problem: mutation.error, result: mutation.data, reset: mutation.reset }
}

/** The key of an answer: module, endpoint, input. */
export const keyOf = (endpoint: Endpoint, input: unknown): readonly unknown[] => [
  moduleOf(endpoint),
  `${endpoint.method} ${endpoint.path}`,
  input,
]

const asProblem = (error: unknown, endpoint: Endpoint): Problem =>
  error instanceof Problem
    ? error
    : new Problem({
        status: 0,
        reason: 'unexpected-answer',
        detail: error instanceof Error ? error.message : String(error),
        module: moduleOf(endpoint),
      })
