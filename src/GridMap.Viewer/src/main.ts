import './styles/tokens.css'
import 'element-plus/es/components/message/style/css'
import './styles/elementPlus.css'
import './styles/base.css'
import './styles/map.css'
import { createViewer } from './app/createViewer'

createViewer().mount('#app')
