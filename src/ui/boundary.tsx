/**
 * Keeps a failure of one part from taking the page down, and says so.
 *
 *   <Boundary>…</Boundary>
 *
 * A part whose file is gone, because a new version was installed meanwhile, asks to load the page again.
 */
import { Alert, Button } from 'antd'
import { Component, type ReactNode } from 'react'
import { useWords } from './words.ts'

export class Boundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }
  static getDerivedStateFromError() {
    return { failed: true }
  }
  override render() {
    return this.state.failed ? <Failure again={() => this.setState({ failed: false })} /> : this.props.children
  }
}

function Failure({ again }: { again: () => void }) {
  const t = useWords('ui')
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={t('failure.title')}
      description={t('failure.text')}
      action={
        <span className="row">
          <Button size="small" onClick={again}>
            {t('refused.again')}
          </Button>
          <Button size="small" type="primary" onClick={() => location.reload()}>
            {t('failure.reload')}
          </Button>
        </span>
      }
    />
  )
}
