import { test } from 'vitest'
import type { Endpoint } from '#platform/contract.ts'
import { modules } from '../src/modules.ts'

const fieldsOf = ({ input }: Endpoint) => ('shape' in input ? Object.keys(input.shape as object) : [])
test('list', () => {
  for (const m of modules)
    for (const e of Object.values(m.api))
      if (e.method !== 'GET') {
        const f = fieldsOf(e)
        const ok = f.some((x) => ['version', 'basedOn', 'before'].includes(x))
        console.log((ok ? 'ok ' : 'NO ') + e.method + ' ' + e.path + '  {' + f.join(',') + '} ' + e.summary.slice(0, 90))
      }
})
