import { blocksOf } from '../domain/prose.ts'
import './knowledge.css'

/** A text as somebody wrote it into an area: headings, lists and paragraphs, and nothing that could do anything. */
export function Prose({ text, lang }: { text: string; lang?: string }) {
  const blocks = blocksOf(text)
  return (
    <div className="knowledge-prose" {...(lang ? { lang } : {})}>
      {blocks.map((block, i) => {
        // Blocks have no identity but their place.
        const key = `${i} ${block.kind}`
        if (block.kind === 'heading') return <h3 key={key}>{block.text}</h3>
        if (block.kind === 'list')
          return (
            <ul key={key} className="plain-list">
              {block.entries.map((entry, j) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place
                <li key={`${j} ${entry}`}>{entry}</li>
              ))}
            </ul>
          )
        return (
          <p key={key} className="knowledge-lines">
            {block.lines.join('\n')}
          </p>
        )
      })}
    </div>
  )
}
