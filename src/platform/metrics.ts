/** Counters and durations in the text form that Prometheus reads. Few, named, without labels that grow with data. */
export interface Metrics {
  request(endpoint: string, status: number, seconds: number): void
  text(gauges: Readonly<Record<string, number>>): string
}

const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10]

export function createMetrics(): Metrics {
  const requests = new Map<string, number>()
  const buckets = bounds.map(() => 0)
  let seconds = 0
  let count = 0
  return {
    request(endpoint, status, took) {
      const key = `endpoint="${endpoint}",status="${status}"`
      requests.set(key, (requests.get(key) ?? 0) + 1)
      for (let i = bounds.length - 1; i >= 0 && took <= bounds[i]!; i--) buckets[i]! += 1
      seconds += took
      count += 1
    },
    text: (gauges) =>
      [
        '# HELP patron_requests_total Answered requests',
        '# TYPE patron_requests_total counter',
        ...[...requests].map(([labels, n]) => `patron_requests_total{${labels}} ${n}`),
        '# HELP patron_request_seconds Server time per request',
        '# TYPE patron_request_seconds histogram',
        ...bounds.map((bound, i) => `patron_request_seconds_bucket{le="${bound}"} ${buckets[i]}`),
        `patron_request_seconds_bucket{le="+Inf"} ${count}`,
        `patron_request_seconds_sum ${seconds}`,
        `patron_request_seconds_count ${count}`,
        ...Object.entries(gauges).flatMap(([name, value]) => [`# TYPE ${name} gauge`, `${name} ${value}`]),
        '',
      ].join('\n'),
  }
}
