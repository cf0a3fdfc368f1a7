export const root: string;
export const scratch: string;
export const workbenchHome: string;
export const testResults: string;
