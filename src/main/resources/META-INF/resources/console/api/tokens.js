// The bearer token that requests carry: in this tab alone, gone when it is closed.
const TOKEN = 'tidings.token';
const REFRESH = 'tidings.refresh-token';

export const token = () => sessionStorage.getItem(TOKEN);

export const refreshToken = () => sessionStorage.getItem(REFRESH);

const put = (key, value) => (value ? sessionStorage.setItem(key, value) : sessionStorage.removeItem(key));

export function useToken(value, refresh) {
  put(TOKEN, value);
  put(REFRESH, refresh);
}
