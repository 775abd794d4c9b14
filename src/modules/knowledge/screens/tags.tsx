import { Tag } from 'antd'
import { useWords } from '#ui/words.ts'

/** Tags as the company writes them; those that the product brings along in the reader's language. */
export function Tags({ tags }: { tags: readonly string[] }) {
  const t = useWords('knowledge')
  return (
    <span className="row">
      {tags.map((tag) => (
        <Tag key={tag}>{t(`tag.${tag}`, { defaultValue: tag })}</Tag>
      ))}
    </span>
  )
}
