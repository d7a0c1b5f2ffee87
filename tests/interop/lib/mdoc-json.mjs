// Element values as JSON, by RFC 8949 section 6.1: DCQL compares `values` in that form, and tests read better in it.
import { DateOnly } from '@owf/mdoc';

function toJson(value) {
  if (value instanceof DateOnly) return value.toISOString();
  if (value instanceof Date) return `${value.toISOString().split('.')[0]}Z`;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64url');
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, entry]) => [key, toJson(entry)]));
  return value;
}

/** `{ namespace: { element: value } }` of the library's IssuerNamespaces. */
export const claimsOf = ({ issuerNamespaces }) =>
  Object.fromEntries(
    [...issuerNamespaces].map(([namespace, items]) => [
      namespace,
      Object.fromEntries(items.map((item) => [item.elementIdentifier, toJson(item.elementValue)])),
    ]),
  );
