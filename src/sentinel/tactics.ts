/** MITRE ATT&CK tactics as Sentinel spells them. @see https://learn.microsoft.com/rest/api/securityinsights/bookmarks/create-or-update#attacktactic */
export const tactics = [
  'Reconnaissance',
  'ResourceDevelopment',
  'InitialAccess',
  'Execution',
  'Persistence',
  'PrivilegeEscalation',
  'DefenseEvasion',
  'CredentialAccess',
  'Discovery',
  'LateralMovement',
  'Collection',
  'Exfiltration',
  'CommandAndControl',
  'Impact',
  'PreAttack',
  'ImpairProcessControl',
  'InhibitResponseFunction',
] as const;

/** `T1078` and `T1078.004`, in capitals, of a text in which people wrote several; what is none is left out. */
export function techniqueIds(text: string): readonly string[] {
  return [...new Set([...text.toUpperCase().matchAll(/\bT\d{4}(\.\d{3})?\b/g)].map(([id]) => id))];
}
