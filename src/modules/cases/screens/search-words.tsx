import { Button, Input } from 'antd'
import { type ReactNode, useState } from 'react'

interface SearchWordsProps {
  /** What the button says and the field is called. */
  readonly label: string
  readonly placeholder: string
  /** What is looked for now. */
  readonly q: string
  readonly look: (q: string | null) => void
  /** Further filters, which hold as soon as they are chosen. */
  readonly children: ReactNode
}

/** Looks for words once they are typed; emptied, the whole list comes back. */
export function SearchWords({ label, placeholder, q, look, children }: SearchWordsProps) {
  const [typed, setTyped] = useState(q)
  return (
    <form
      className="report-filters"
      onSubmit={(event) => {
        event.preventDefault()
        look(typed.trim())
      }}
    >
      <Input
        aria-label={label}
        placeholder={placeholder}
        value={typed}
        maxLength={200}
        allowClear
        onChange={({ target }) => {
          setTyped(target.value)
          if (target.value === '') look(null)
        }}
      />
      <Button type="primary" htmlType="submit">
        {label}
      </Button>
      {children}
    </form>
  )
}
