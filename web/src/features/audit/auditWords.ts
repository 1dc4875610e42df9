const actions: Record<string, string> = {
  'app.created': 'Created the app',
  'api-key.created': 'Made the API key',
  'api-key.deleted': 'Deleted the API key',
  'connection.connected': 'Connected',
  'connection.disconnected': 'Disconnected',
  'proposal.accepted': 'Accepted the proposal',
  'proposal.undone': 'Undid the proposal',
  'session.started': 'Signed in',
  'teammate.invited': 'Invited',
  'teammate.removed': 'Removed',
  'teammate.role': 'Changed the role of',
  'workspace.created': 'Created the workspace',
  'workspace.plan': 'Changed the plan to',
}

/** An action in words; one that this page does not know yet is shown as the server names it. */
export function actionWords(action: string): string {
  const known = actions[action]
  if (known) return known
  const text = action.replace(/[._]/g, ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
