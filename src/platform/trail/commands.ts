import { parseArgs } from 'node:util'
import type { Command } from '../command.ts'
import { refuse } from '../refusal.ts'
import { type Trail, trails } from './block-hash.ts'
import { type NotedHead, verifyTrail } from './verify.ts'

const namesOfTrails = { fact: 'What was done', read: 'Who looked at whom' } as const satisfies Record<Trail, string>

export const trailCommands: readonly Command[] = [
  {
    name: 'audit verify',
    usage: 'audit verify [--head TRAIL:NUMBER:HASH]…',
    summary:
      'Walks the audit trail from its first block and names the first that does not hold. --head checks a hash that was noted elsewhere.',
    async run(shell, args) {
      const { values } = parseArgs({ args: [...args], options: { head: { type: 'string', multiple: true } } })
      const { broken, chains } = await verifyTrail(shell.database, { noted: (values.head ?? []).map(headOf) })
      shell.result({ whole: broken === null, broken, chains })
      for (const { trail, blocks, rows, dropped, unsealed, head } of chains) {
        const after = [
          ...(dropped > 0 ? [`${dropped} deleted after their time`] : []),
          ...(unsealed > 0 ? [`${unsealed} rows not sealed yet`] : []),
        ]
        shell.say(`${namesOfTrails[trail]}: ${rows} rows in ${blocks} blocks${after.map((words) => `, ${words}`).join('')}.`)
        if (head) shell.say(`  Note this elsewhere: ${trail}:${head.number}:${head.hash}`)
      }
      if (broken)
        throw refuse('conflict', 'trail-broken', `The audit trail is broken. ${broken.detail}`, { values: { block: broken.block } })
      shell.say('The audit trail is whole.')
    },
  },
]

function headOf(text: string): NotedHead {
  const [trail, number, hash, ...more] = text.split(':')
  const known = trails.find((one) => one === trail)
  if (!known || !/^[1-9]\d*$/.test(number ?? '') || !/^[0-9a-f]{64}$/.test(hash ?? '') || more.length > 0)
    throw refuse('invalid', 'bad-arguments', `--head takes what audit verify printed, such as fact:12:${'0'.repeat(8)}…, not ${text}`)
  return { trail: known, number: Number(number), hash: hash! }
}
