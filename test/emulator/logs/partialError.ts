/**
 * What comes beside the rows of an answer that is not whole.
 * @param code A code of Kusto's engine (https://learn.microsoft.com/kusto/api/netfx/errors-in-native-code) as a signed number.
 */
export function partialError(code: string, message: string): object {
  const innererror = { code, message, severity: 2, severityName: 'Error' };
  return {
    code: 'PartialError',
    message: 'There were some errors when processing your query.',
    details: [{ code: 'EngineError', message: 'Something went wrong processing your query on the server.', innererror }],
  };
}
